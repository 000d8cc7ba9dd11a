import { serveMetrics } from '#api/metrics.ts'
import { freePort } from '#tools/free-port.ts'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '#tests/support/temporary.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let api: TestApi
let base: string
const moved: string[] = []
beforeAll(async () => {
  const webRoot = temporaryFolder()
  mkdirSync(join(webRoot, 'assets'))
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>pages</title>')
  writeFileSync(join(webRoot, 'assets', 'a.js'), '1')
  const port = await freePort()
  base = `http://127.0.0.1:${port}`
  api = await openTestApi('2026-11-13T00:00:00.000Z', {
    webRoot,
    moveClock: (day) => {
      moved.push(day)
      api.office.clock.set(`${day}T00:00:00.000Z`)
    },
  })
  await api.app.listen({ host: '127.0.0.1', port })
})
afterAll(async () => {
  await api.close()
})

const code = async (response: Response): Promise<string> => ((await response.json()) as { code: string }).code

describe('the surface of the server', () => {
  it('lets no inline script in and keeps nothing in caches', async () => {
    const page = await fetch(`${base}/`, { headers: { accept: 'text/html' } })
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect(page.headers.get('cache-control')).toBe('no-cache')
    expect((await fetch(`${base}/assets/a.js`)).headers.get('cache-control')).toContain('immutable')
    expect((await fetch(`${base}/api/me`)).headers.get('cache-control')).toBe('no-store')
  })

  it('answers any page address with the pages, and everything else with a problem', async () => {
    const deep = await fetch(`${base}/tasks/123`, { headers: { accept: 'text/html' } })
    expect([deep.status, await deep.text()]).toEqual([200, '<!doctype html><title>pages</title>'])
    const unknown = await fetch(`${base}/api/nothing`, { headers: { accept: 'text/html' } })
    expect([unknown.status, await code(unknown)]).toEqual([404, 'REQ-002'])
    const file = await fetch(`${base}/assets/none.js`)
    expect([file.status, await code(file)]).toEqual([404, 'REQ-002'])
    expect((await fetch(`${base}/..%2f..%2fpackage.json`)).status).not.toBe(200)
  })

  it('describes itself: OpenAPI 3.1 and a page that needs no script', async () => {
    const document = (await (await fetch(`${base}/api/openapi.json`)).json()) as {
      openapi: string
      paths: Record<string, Record<string, { requestBody?: object; responses: Record<string, object> }>>
    }
    expect(document.openapi).toBe('3.1.0')
    expect(document.paths['/api/runs']?.['post']?.responses).toHaveProperty('201')
    expect(JSON.stringify(document.paths['/api/runs']?.['post']?.responses['default'])).toContain(
      'application/problem+json',
    )
    const page = await (await fetch(`${base}/api/docs`)).text()
    expect(page).toContain('POST /api/runs')
    expect(page).toContain('id="F52-07"')
    expect(page).not.toMatch(/<script|src=|https?:\/\//)
  })

  it('is healthy and measured without a login, and tells nothing of the business', async () => {
    expect(await (await fetch(`${base}/healthz`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${base}/readyz`)).json()).toEqual({ status: 'ready' })
    expect((await fetch(`${base}/metrics`)).status).toBe(404) // on a port of its own, which clerks do not reach
    const served = await serveMetrics(api.deps.metrics, 0)
    const metrics = await (await fetch(`http://127.0.0.1:${served.port}/metrics`)).text()
    expect(metrics).toMatch(/^koki_outbox_pending 0$/m)
    expect(metrics).toMatch(/^koki_workers_alive 0$/m)
    expect(metrics).toMatch(/^koki_disk_free_bytes [\d.e+]+$/m)
    expect(metrics).toMatch(/koki_request_seconds_count\{method="GET",route="\/healthz",status="200"\} 1/)
    expect((await fetch(`http://127.0.0.1:${served.port}/other`)).status).toBe(404)
    await served.close()
  })

  it('moves the sample day forward, as an event', async () => {
    const reply = await api.call('tantou', 'POST', '/api/clock', { date: '2026-11-16' })
    expect(reply.json()).toMatchObject({ today: '2026-11-16', canMove: true })
    expect(moved).toEqual(['2026-11-16'])
    const event = await api.office.db.one<{ payload: string }>(
      `select payload::json ->> 'payload' as payload from audit_events where kind = 'clock-moved'`,
    )
    expect(JSON.parse(event.payload)).toEqual({ from: '2026-11-13', to: '2026-11-16' })
    expect((await api.call('tantou', 'POST', '/api/clock', { date: '2026-02-30' })).statusCode).toBe(400)
  })

  it('tells pages what has changed, as ids, and ends the stream with the session', async () => {
    const { cookie, csrf } = await api.session('tantou')
    const stream = await fetch(`${base}/api/events`, { headers: { cookie } })
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    const heard = async (part: string): Promise<void> => {
      while (!text.includes(part)) {
        const { value, done } = (await reader?.read()) ?? { value: undefined, done: true }
        if (done) throw new Error(`the stream ended before ${part}`)
        text += value ?? ''
      }
    }
    await heard('retry: 2000')
    await api.office.db.run(`select pg_notify('koki_changes', '{"kind":"task","taskId":"T-1"}')`)
    await heard('data: {"topic":"task","id":"T-1"}\n\n')
    await api.office.db.run(`select pg_notify('koki_changes', 'not ours')`)
    await api.office.db.run(`select pg_notify('koki_changes', '{"kind":"file","fileId":"F-1"}')`)
    await heard('data: {"topic":"file","id":"F-1"}\n\n')
    expect(text).not.toContain('not ours')
    await reader?.cancel()
    await fetch(`${base}/api/logout`, { method: 'POST', headers: { cookie, 'x-csrf-token': csrf } })
    expect((await fetch(`${base}/api/events`, { headers: { cookie } })).status).toBe(401)
  })

  it('stops who tries to log in sixty times a minute', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 62; n++) {
      const reply = await fetch(`${base}/api/login/callback?code=a&state=b`, { redirect: 'manual' })
      statuses.push(reply.status)
      await reply.body?.cancel()
    }
    expect(statuses.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 403))
    expect(statuses.slice(60)).toEqual([429, 429])
  })

  it('says what a field lacks, and logs no value', async () => {
    const secret = 'みみずくの秘密'
    const reply = await api.call('tantou', 'POST', '/api/insured/search', { q: secret.repeat(20) })
    expect(reply.json()).toMatchObject({
      code: 'REQ-001',
      errors: [{ path: 'body/q', message: '60字以内で入力してください。' }],
    })
    expect(reply.body).not.toContain(secret)
    expect(api.logged.join()).not.toContain(secret)
    const large = await api.call('tantou', 'POST', '/api/insured/search', { q: 'x'.repeat(1_100_000) })
    expect(large.json()).toMatchObject({ status: 413, code: 'REQ-005' })
    const broken = await api.app.inject({
      method: 'POST',
      url: '/api/insured/search',
      headers: { 'content-type': 'application/json', authorization: 'Bearer koki_wrong' },
      payload: '{',
    })
    expect(broken.statusCode).toBe(401)
  })
})
