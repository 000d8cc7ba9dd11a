import type { FastifyInstance } from 'fastify'
import { DEMO_MOUNT, type DemoProvider } from '#access/demo-provider.ts'
import { DEMO_USERS } from '#access/demo-users.ts'
import { ROLE_LABELS } from '#access/roles.ts'

/** The embedded provider's pages below `/oidc`. A person chosen on our login page goes straight through. */
export function demoLogin(app: FastifyInstance, provider: DemoProvider): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // The provider reads its own bodies.
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined))
    scope.get<{ Params: { uid: string } }>(`${DEMO_MOUNT}/login/:uid`, async (request, reply) => {
      const hint = await provider.hintOf(request.raw, reply.raw)
      if (hint === null) return reply.type('text/html; charset=utf-8').send(choicePage(request.params.uid))
      reply.hijack()
      await provider.accept(request.raw, reply.raw, hint)
    })
    scope.get<{ Params: { uid: string; login: string } }>(
      `${DEMO_MOUNT}/login/:uid/as/:login`,
      async (request, reply) => {
        reply.hijack()
        await provider.accept(request.raw, reply.raw, request.params.login)
      },
    )
    scope.all(`${DEMO_MOUNT}/*`, (request, reply) => {
      reply.hijack()
      provider.handle(request.raw, reply.raw)
    })
  })
}

const choicePage = (uid: string): string => `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>見本のログイン</title></head>
<body><h1>見本の利用者で入る</h1><ul>${DEMO_USERS.map(
  ({ login, name, role }) =>
    `<li><a href="${DEMO_MOUNT}/login/${encodeURIComponent(uid)}/as/${login}">${ROLE_LABELS[role]} ${name} (${login})</a></li>`,
).join('')}</ul></body></html>`
