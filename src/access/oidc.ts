import * as client from 'openid-client'
import { isLoopback } from './loopback.ts'

/** Where people log in: the municipality's own provider, or the embedded one of the sample. */
export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Address that the provider sends the browser back to. */
  readonly redirectUri: string
}

/** What must be kept, in this browser only, between going to the provider and coming back. */
export interface LoginAttempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly returnTo: string
}

export interface OidcClient {
  /** The address that was registered with the provider; behind a proxy a request's own may differ. */
  readonly redirectUri: string
  /** Address of the provider's login page, and what to keep until the browser comes back. */
  begin(request: { readonly loginHint: string | null; readonly returnTo: string }): Promise<{
    readonly url: string
    readonly attempt: LoginAttempt
  }>
  /** The subject that has logged in. Throws when the answer is forged, late or not ours. */
  finish(callbackUrl: URL, attempt: LoginAttempt): Promise<string>
}

/** Authorization code with PKCE, state and nonce. Plain HTTP is allowed for a provider on this machine only. */
export function oidcClient(settings: OidcSettings): OidcClient {
  let found: Promise<client.Configuration> | undefined
  const discover = async (): Promise<client.Configuration> => {
    const issuer = new URL(settings.issuer)
    const isLocal = issuer.protocol === 'http:' && isLoopback(issuer.hostname)
    return client.discovery(
      issuer,
      settings.clientId,
      { client_secret: settings.clientSecret },
      client.ClientSecretBasic(settings.clientSecret),
      isLocal ? { execute: [client.allowInsecureRequests] } : undefined,
    )
  }
  // A failed discovery is tried again at the next login: the provider may be down for a minute.
  const configuration = (): Promise<client.Configuration> =>
    (found ??= discover().catch((error: unknown) => {
      found = undefined
      throw error
    }))
  return {
    redirectUri: settings.redirectUri,
    async begin({ loginHint, returnTo }) {
      const verifier = client.randomPKCECodeVerifier()
      const state = client.randomState()
      const nonce = client.randomNonce()
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: settings.redirectUri,
        scope: 'openid',
        prompt: 'login', // a shared terminal: never silently the last person
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...(loginHint === null ? {} : { login_hint: loginHint }),
      })
      return { url: url.href, attempt: { state, nonce, verifier, returnTo } }
    },
    async finish(callbackUrl, attempt) {
      const tokens = await client.authorizationCodeGrant(await configuration(), callbackUrl, {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      })
      const subject = tokens.claims()?.sub
      if (subject === undefined) throw new Error('the provider named no subject')
      return subject
    },
  }
}
