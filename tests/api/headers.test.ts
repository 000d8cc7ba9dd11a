import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '#tests/support/api.ts'

/** Names that a sender chose stand in our headers, lists and logs: as text, never as a header or a path of their own. */
describe('a file whose name tries to be something else', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await openTestApi()
  })
  afterAll(() => api.close())

  const upload = (name: string) => {
    const bytes = '宛名番号\r\n'
    const payload = [
      '--b',
      'content-disposition: form-data; name="kind"',
      '',
      'atena',
      '--b',
      `content-disposition: form-data; name="file"; filename="${name}"`,
      'content-type: text/csv',
      '',
      bytes,
      '--b--',
      '',
    ].join('\r\n')
    return api.call('tantou', 'POST', '/api/files', payload, { 'content-type': 'multipart/form-data; boundary=b' })
  }

  it.each([
    '../../../etc/passwd.csv',
    '..%2f..%2fsecret.csv',
    'a%0d%0aset-cookie: koki_session=x.csv',
    "';drop table files;--.csv",
    '<script>alert(1)</script>.csv',
    '=HYPERLINK(1).csv',
  ])('%s', async (name) => {
    const reply = await upload(name)
    expect([reply.statusCode, reply.statusCode === 202 ? '' : reply.body]).toEqual([202, ''])
    const { fileId } = reply.json<{ fileId: string }>()
    const { stored } = await api.office.db.one<{ stored: string }>(`select name as stored from files where id = $1`, [
      fileId,
    ])
    expect(stored).not.toMatch(/[\r\n/\\]/)
    const content = await api.call('kakaricho', 'GET', `/api/files/${fileId}/content`)
    expect(content.statusCode).toBe(200)
    expect(content.headers['set-cookie']).toBeUndefined()
    const disposition = String(content.headers['content-disposition'])
    expect(disposition).toMatch(/^attachment; /)
    expect(disposition).not.toMatch(/[\r\n<>]/)
    expect(content.headers['content-type']).not.toContain('html')
    expect(content.headers['x-content-type-options']).toBe('nosniff')
  })
})
