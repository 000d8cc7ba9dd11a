import { createDemoProvider, DemoProviderRefused } from '#access/demo-provider.ts'
import { oidcClient } from '#access/oidc.ts'
import { freePort } from '#tools/free-port.ts'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let api: TestApi
let base: string
let machine = Date.parse('2026-11-24T00:00:00.000Z')
beforeAll(async () => {
  const port = await freePort()
  base = `http://127.0.0.1:${port}`
  const demo = createDemoProvider({ baseUrl: base, bindHost: '127.0.0.1', isEmbeddedDatabase: true })
  api = await openTestApi('2026-08-14T00:00:00.000Z', {
    demo,
    oidc: oidcClient(demo.settings),
    machineNow: () => new Date(machine),
  })
  await api.app.listen({ host: '127.0.0.1', port })
})
afterAll(async () => {
  await api.close()
})

/** As a browser: keeps cookies with their paths, follows redirects by hand. */
class Browser {
  readonly cookies = new Map<string, { value: string; path: string; flags: string }>()
  async go(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, base)
    const cookie = [...this.cookies]
      .filter(([, { path: at, value }]) => url.pathname.startsWith(at) && value !== '')
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...flags] = line.split('; ')
      const at = pair.indexOf('=')
      const path = flags.find((flag) => flag.toLowerCase().startsWith('path='))?.slice(5) ?? '/'
      this.cookies.set(pair.slice(0, at), { value: pair.slice(at + 1), path, flags: flags.join('; ') })
    }
    return response
  }
  async follow(path: string): Promise<{ readonly response: Response; readonly path: string }> {
    let at = path
    for (let hops = 0; hops < 15; hops++) {
      const response = await this.go(at)
      const next = response.headers.get('location')
      if (next === null) return { response, path: at }
      await response.body?.cancel()
      const url = new URL(next, base)
      if (url.origin !== base) throw new Error(`left the house: ${url.origin}`)
      at = url.pathname + url.search
      if (!at.startsWith('/oidc') && !at.startsWith('/api')) return { response, path: at }
    }
    throw new Error('too many redirects')
  }
}

const loggedIn = async (as: string, back = '/tasks'): Promise<Browser> => {
  const browser = new Browser()
  const { path } = await browser.follow(`/api/login?as=${as}&return=${encodeURIComponent(back)}`)
  expect(path).toBe(back)
  return browser
}
const problem = async (response: Response) => {
  const { code } = (await response.json()) as { code: string }
  return [response.status, code]
}

describe('login', () => {
  it('goes by code and PKCE through the embedded provider, and is an event', async () => {
    const browser = await loggedIn('tantou')
    const me = (await (await browser.go('/api/me')).json()) as {
      login: string
      name: string
      csrf: string
      rights: string[]
    }
    expect([me.login, me.name]).toEqual(['tantou', '三枝 みのり'])
    expect(me.rights).toContain('POST /api/runs')
    expect(me.rights).not.toContain('GET /api/audit')
    const cookie = browser.cookies.get('koki_session')
    expect(cookie?.flags).toContain('HttpOnly')
    expect(cookie?.flags).toContain('SameSite=Lax')
    expect(cookie?.flags).not.toContain('Expires') // ends with the browser
    const event = await api.office.db.one<{ actor: string; terminal: string }>(
      `select actor, terminal from audit_events where kind = 'login' order by id desc limit 1`,
    )
    expect(event).toEqual({ actor: 'tantou', terminal: '127.0.0.1' })
    const stored = await api.office.db.rows<{ id_hash: string }>('select id_hash from sessions')
    expect(stored.map(({ id_hash }) => id_hash)).not.toContain(cookie?.value)
  })

  it('shows the demo users where nobody was named', async () => {
    const browser = new Browser()
    const { response } = await browser.follow('/api/login')
    expect(await response.text()).toContain('係長 佐伯 修 (kakaricho)')
  })

  it('changes the session at every login and ends the former one', async () => {
    const browser = await loggedIn('tantou')
    const former = browser.cookies.get('koki_session')?.value ?? ''
    await browser.follow('/api/login?as=kakaricho&return=/')
    const now = browser.cookies.get('koki_session')?.value
    expect(now).not.toBe(former)
    const reply = await fetch(`${base}/api/me`, { headers: { cookie: `koki_session=${former}` } })
    expect(await problem(reply)).toEqual([401, 'AUTH-001'])
  })

  it('refuses an answer without its attempt, a forged state and a foreign way back', async () => {
    expect(await problem(await new Browser().go('/api/login/callback?code=x&state=y'))).toEqual([403, 'AUTH-004'])
    const browser = new Browser()
    await browser.go('/api/login?as=tantou&return=/tasks')
    expect(await problem(await browser.go('/api/login/callback?code=x&state=forged'))).toEqual([403, 'AUTH-004'])
    expect((await new Browser().go('/api/login?return=//evil.example')).status).toBe(400)
  })

  it('refuses a subject that is none of ours, as an event', async () => {
    await api.office.db.run(`update users set subject = 'gone' where login = 'gyomu'`)
    const browser = new Browser()
    const { response } = await browser.follow('/api/login?as=gyomu&return=/')
    expect(await problem(response)).toEqual([401, 'AUTH-003'])
    const { act } = await api.office.db.one<{ act: string }>(
      `select payload::json #>> '{payload,act}' as act from audit_events where kind = 'refused' order by id desc limit 1`,
    )
    expect(act).toBe('login')
  })

  it('wants the page token on every change', async () => {
    const browser = await loggedIn('tantou')
    const { csrf } = (await (await browser.go('/api/me')).json()) as { csrf: string }
    const change = (headers: Record<string, string>) => browser.go('/api/logout', { method: 'POST', headers })
    expect(await problem(await change({}))).toEqual([403, 'AUTH-004'])
    expect(await problem(await change({ 'x-csrf-token': `${csrf}x` }))).toEqual([403, 'AUTH-004'])
    expect(await problem(await change({ 'x-csrf-token': csrf, 'sec-fetch-site': 'cross-site' }))).toEqual([
      403,
      'AUTH-004',
    ])
    expect((await change({ 'x-csrf-token': csrf })).status).toBe(200)
    expect(await problem(await browser.go('/api/me'))).toEqual([401, 'AUTH-001'])
  })

  it('ends a session that was idle for half an hour, and any after twelve hours', async () => {
    const browser = await loggedIn('tantou')
    machine += 29 * 60_000
    expect((await browser.go('/api/me')).status).toBe(200)
    machine += 29 * 60_000
    expect((await browser.go('/api/me')).status).toBe(200)
    machine += 31 * 60_000
    expect((await browser.go('/api/me')).status).toBe(401)
    const long = await loggedIn('tantou')
    for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
      machine += 20 * 60_000
      if (minutes < 11.5 * 60) expect((await long.go('/api/me')).status).toBe(200)
    }
    expect((await long.go('/api/me')).status).toBe(401)
  })

  it('ends a token after its time', async () => {
    expect((await api.call('kansa', 'GET', '/api/me')).statusCode).toBe(200)
    machine += 3_600_001
    expect((await api.call('kansa', 'GET', '/api/me')).statusCode).toBe(401)
  })

  it('is refused outside a loopback address and without the embedded database', () => {
    const make = (bindHost: string, isEmbeddedDatabase: boolean) => () =>
      createDemoProvider({ baseUrl: 'http://127.0.0.1:8080', bindHost, isEmbeddedDatabase })
    expect(make('0.0.0.0', true)).toThrow(DemoProviderRefused)
    expect(make('192.168.1.5', true)).toThrow(DemoProviderRefused)
    expect(make('127.0.0.1', false)).toThrow('組込みでない PostgreSQL')
    expect(() =>
      createDemoProvider({ baseUrl: 'http://koki.example', bindHost: '127.0.0.1', isEmbeddedDatabase: true }),
    ).toThrow(DemoProviderRefused)
  })
})
