import { csv } from '#tests/support/intake.ts'
import { multipart } from '#tests/support/multipart.ts'
import { instalment, insured, loadRows, person } from '#tests/support/office-facts.ts'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { until } from '#tests/support/until.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
  await loadRows(api.office, 'atena', [person(1)])
  await loadRows(api.office, 'hihokensha', [insured(1)])
})
afterAll(async () => {
  await api.close()
})

type Part = readonly [name: string, value: string] | readonly [name: string, value: string, fileName: string]
async function upload(parts: readonly Part[], headers: Record<string, string> = {}) {
  const form = new FormData()
  for (const [name, value, fileName] of parts)
    if (fileName === undefined) form.append(name, value)
    else form.append(name, new Blob([value], { type: 'text/csv' }), fileName)
  const sent = await multipart(form)
  const reply = await api.call('tantou', 'POST', '/api/files', sent.payload, { ...sent.headers, ...headers })
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
}
const get = async (path: string) => {
  const reply = await api.call('tantou', 'GET', path)
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
}
const ended = (fileId: unknown) =>
  until('the file is read', async () => {
    const { body } = await get(`/api/files/${String(fileId)}`)
    return body['status'] === 'accepted' || body['status'] === 'refused' ? body : null
  })
const kiwari = (): string => csv(api.office.profiles, 'kiwari', [instalment(1)])

describe('ファイル', () => {
  it('is taken in: 202 at once, then read, with its events', async () => {
    const { status, body } = await upload([
      ['kind', 'kiwari'],
      ['file', kiwari(), '../../etc/期割.csv'],
    ])
    expect(status).toBe(202)
    expect(Object.keys(body).toSorted()).toEqual(['accepted', 'fileId', 'rejected', 'status'])
    expect(await ended(body['fileId'])).toMatchObject({
      direction: 'in',
      kind: 'kiwari',
      name: '期割.csv',
      status: 'accepted',
      lines: 1,
      accepted: 1,
      rejected: 0,
      receivedBy: '三枝 みのり',
      refusal: null,
    })
    const events = await api.office.db.rows<{ kind: string; actor: string }>(
      `select kind, actor from audit_events where subject_id = $1 order by id`,
      [String(body['fileId'])],
    )
    expect(events).toEqual([
      { kind: 'file-received', actor: 'tantou' },
      { kind: 'file-accepted', actor: 'システム' },
    ])
    const content = await api.call('tantou', 'GET', `/api/files/${String(body['fileId'])}/content`)
    expect(content.body).toBe(kiwari())
    expect(content.headers['content-disposition']).toBe(`attachment; filename*=UTF-8''%E6%9C%9F%E5%89%B2.csv`)
  })

  it('is refused the second time, with わけ and 次にすること', async () => {
    const { body } = await upload([
      ['kind', 'kiwari'],
      ['file', kiwari(), 'again.csv'],
    ])
    const file = await ended(body['fileId'])
    expect(file['status']).toBe('refused')
    expect(file['refusal']).toMatchObject({ code: 'FC01' })
  })

  it('tells each bad line in Japanese', async () => {
    const text = csv(api.office.profiles, 'kiwari', [instalment(1, { 期別: '02', 納期限: '2026-02-30' })])
    const { body } = await upload([
      ['kind', 'kiwari'],
      ['file', text, 'bad.csv'],
    ])
    expect((await ended(body['fileId']))['status']).toBe('refused')
    const errors = await get(`/api/files/${String(body['fileId'])}/errors`)
    expect(errors.body).toMatchObject({ total: 1, nextCursor: null })
    expect((errors.body['items'] as object[])[0]).toMatchObject({ line: 2, field: '納期限', value: '2026-02-30' })
  })

  it('may name its kind after the bytes', async () => {
    const text = csv(api.office.profiles, 'kiwari', [instalment(1, { 期別: '03' })])
    const { status, body } = await upload([
      ['file', text, 'late.csv'],
      ['kind', 'kiwari'],
    ])
    expect(status).toBe(202)
    expect((await ended(body['fileId']))['status']).toBe('accepted')
  })

  it('is the same file for the same Idempotency-Key', async () => {
    const text = csv(api.office.profiles, 'kiwari', [instalment(1, { 期別: '04' })])
    const parts: readonly Part[] = [
      ['kind', 'kiwari'],
      ['file', text, 'keyed.csv'],
    ]
    const first = await upload(parts, { 'idempotency-key': 'upload-0001' })
    const second = await upload(parts, { 'idempotency-key': 'upload-0001' })
    expect(second.body['fileId']).toBe(first.body['fileId'])
    await ended(first.body['fileId'])
  })

  it('needs a known kind and both parts', async () => {
    expect((await upload([['kind', 'kiwari']])).body).toMatchObject({ status: 400, code: 'REQ-001' })
    expect((await upload([['file', 'x', 'x.csv']])).body).toMatchObject({ status: 400, code: 'REQ-001' })
    const unknown = await upload([
      ['kind', 'nothing'],
      ['file', 'x', 'x.csv'],
    ])
    expect(unknown.body).toMatchObject({ code: 'FILE-001' })
    const json = await api.call('tantou', 'POST', '/api/files', { kind: 'kiwari' })
    expect(json.json()).toMatchObject({ status: 400, code: 'REQ-001' })
  })

  it('lists newest first, by pages', async () => {
    const first = await get('/api/files?limit=2&direction=in')
    const second = await get(`/api/files?limit=2&direction=in&cursor=${String(first.body['nextCursor'])}`)
    const ids = [
      ...(first.body['items'] as { fileId: string }[]),
      ...(second.body['items'] as { fileId: string }[]),
    ].map(({ fileId }) => fileId)
    expect(new Set(ids).size).toBe(4)
    expect(first.body['total']).toBe(second.body['total'])
    expect((await get('/api/files?cursor=nonsense')).body).toMatchObject({ status: 400, code: 'REQ-001' })
    const kinds = await get('/api/files/kinds')
    expect(kinds.body['items']).toContainEqual({ kind: 'tainosha', label: expect.any(String), direction: 'out' })
  })
})
