import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import type { Register } from '#access/route.ts'
import { actorOf } from '#runtime/actor.ts'
import type { OpenedDocument } from '#runtime/flow.ts'
import type { Api } from '../contract.ts'
import type { ApiDeps } from '../deps.ts'

/** PDFs are drawn by the browser's own viewer: it needs its own small policy, and still reaches nothing outside. */
const PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"

/** 帳票: each flow knows its own documents and checks them once more before they leave. */
export function documentRoutes(route: Register<Api>, deps: ApiDeps): void {
  route('GET /api/documents/:documentId', async ({ db, user, params, reply }) => {
    const opened = await open(params.documentId)
    if (opened.isGuarded && !user.roles.includes('kakaricho')) throw new Fault('AUTH-002')
    await db.tx((tx) =>
      appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'output',
        actor: actorOf(user),
        runId: opened.runId,
        subjects: opened.insuredIds.map((id) => ({ kind: 'insured', id: `${id}` })),
        payload: { what: opened.title, count: opened.insuredIds.length },
      }),
    )
    void reply
      .type('application/pdf')
      .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(opened.name)}`)
      .header('content-security-policy', PDF_POLICY)
    return opened.pdf
  })

  async function open(documentId: string): Promise<OpenedDocument> {
    for (const flow of deps.registry.flows) {
      const opened = (await flow.openDocument?.(deps, documentId)) ?? null
      if (opened !== null) return opened
    }
    throw new Fault('REQ-002')
  }
}
