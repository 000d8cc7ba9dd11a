import { generateKeyPairSync } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Provider, type Adapter, type AdapterPayload, type Configuration } from 'oidc-provider'
import { isLoopback } from './loopback.ts'
import { newSecret } from './secrets.ts'
import { DEMO_USERS } from './demo-users.ts'
import type { OidcSettings } from './oidc.ts'

/** The embedded provider would be reachable by others, or would guard data that are not the sample's. */
export class DemoProviderRefused extends Error {
  constructor(why: string) {
    super(`見本のログインは使えません(${why})。次にすること: OIDC_ISSUER で職員認証を指定してください。`)
    this.name = 'DemoProviderRefused'
  }
}

export interface DemoProvider {
  readonly settings: OidcSettings
  /** Serves everything below `/oidc`. */
  handle(request: IncomingMessage, response: ServerResponse): void
  /** The login a person asked for by name on the page before; null when none was asked for. */
  hintOf(request: IncomingMessage, response: ServerResponse): Promise<string | null>
  /** Ends the interaction as this demo user. Throws for any other name. */
  accept(request: IncomingMessage, response: ServerResponse, login: string): Promise<void>
}

export const DEMO_MOUNT = '/oidc'
const CLIENT_ID = 'koki'

/**
 * An OpenID provider inside this process for the demo users, who have no passwords. Refuses any bind but loopback and
 * any database but the embedded one. Keys and secrets are made at every start and live in memory only.
 */
export function createDemoProvider(options: {
  /** Address the browser uses, e.g. `http://127.0.0.1:8080`. */
  readonly baseUrl: string
  readonly bindHost: string
  readonly isEmbeddedDatabase: boolean
}): DemoProvider {
  if (!isLoopback(options.bindHost) || !isLoopback(new URL(options.baseUrl).hostname))
    throw new DemoProviderRefused(`この機器の外から見える ${options.bindHost}`)
  if (!options.isEmbeddedDatabase) throw new DemoProviderRefused('組込みでない PostgreSQL')
  const settings: OidcSettings = {
    issuer: `${options.baseUrl}${DEMO_MOUNT}`,
    clientId: CLIENT_ID,
    clientSecret: newSecret(),
    redirectUri: `${options.baseUrl}/api/login/callback`,
  }
  const provider = new Provider(settings.issuer, configuration(settings))
  const callback = provider.callback()
  return {
    settings,
    handle(request, response) {
      forgetFormerPerson(request)
      const mounted = Object.assign(request, { originalUrl: request.url })
      mounted.url = (request.url ?? '').slice(DEMO_MOUNT.length) || '/'
      void callback(mounted, response)
    },
    async hintOf(request, response) {
      const { params } = await provider.interactionDetails(request, response)
      const hint = params['login_hint']
      return typeof hint === 'string' && isDemoLogin(hint) ? hint : null
    },
    async accept(request, response, login) {
      if (!isDemoLogin(login)) throw new DemoProviderRefused('見本の利用者ではない')
      await provider.interactionFinished(request, response, { login: { accountId: `demo:${login}` } })
    },
  }
}

/** The provider keeps no session of its own between two logins: a shared machine changes its person without a question. */
function forgetFormerPerson(request: IncomingMessage): void {
  const cookies = (request.headers.cookie ?? '').split('; ')
  request.headers.cookie = cookies.filter((cookie) => !/^_session(\.|=)/.test(cookie)).join('; ')
}

const isDemoLogin = (login: string): boolean => DEMO_USERS.some((user) => user.login === login)

function configuration(settings: OidcSettings): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    adapter: memoryAdapter,
    clients: [
      {
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        redirect_uris: [settings.redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'demo' }] },
    cookies: { keys: [newSecret()] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_ctx, interaction) => `${DEMO_MOUNT}/login/${interaction.uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    // The only client is ours and asks for nothing but the subject: no consent page.
    async loadExistingGrant(ctx) {
      const { client, session } = ctx.oidc
      if (!client || !session?.accountId) return undefined
      const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 60, Interaction: 600, Session: 600, Grant: 600 },
  }
}

/** Keeps what the provider stores until it expires; a sweep at each write holds it small. */
function memoryAdapter(model: string): Adapter {
  const key = (id: string): string => `${model}:${id}`
  const alive = (stored: Stored | undefined): AdapterPayload | undefined =>
    stored && stored.until > Date.now() ? stored.payload : undefined
  return {
    async upsert(id, payload, expiresIn) {
      for (const [old, { until }] of store) if (until <= Date.now()) store.delete(old)
      for (const [uid, old] of uids) if (!store.has(old)) uids.delete(uid)
      store.set(key(id), { payload, until: Date.now() + (expiresIn ?? 600) * 1_000 })
      if (payload.uid) uids.set(payload.uid, key(id))
    },
    find: async (id) => alive(store.get(key(id))),
    findByUid: async (uid) => alive(store.get(uids.get(uid) ?? '')),
    findByUserCode: async () => undefined,
    async consume(id) {
      const stored = store.get(key(id))
      if (stored) stored.payload.consumed = Math.floor(Date.now() / 1_000)
    },
    async destroy(id) {
      store.delete(key(id))
    },
    async revokeByGrantId(grantId) {
      for (const [old, { payload }] of store) if (payload.grantId === grantId) store.delete(old)
    },
  }
}

interface Stored {
  readonly payload: AdapterPayload
  readonly until: number
}
const store = new Map<string, Stored>()
const uids = new Map<string, string>()
