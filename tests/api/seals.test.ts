import { readNoticeSettings } from '#notices/read-settings.ts'
import { writeSampleSettings } from '#tools/sample/settings.ts'
import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// 公印: a picture under its hash, chosen by the settings, put in force by another person (ADR 0028)
let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
  await api.office.db.tx((tx) => writeSampleSettings(tx, api.office.clock))
})
afterAll(() => api.close())

const OTHER = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
const register = (as: Login, text: string, note = '見本の印2') =>
  api.call(as, 'POST', '/api/settings/seals', { picture: Buffer.from(text).toString('base64'), note })
interface Setting {
  readonly value: Record<string, unknown>
  readonly fields: readonly { readonly path: string; readonly choices: readonly { readonly label: string }[] }[]
  readonly waiting: { readonly changeId: string } | null
}
const setting = async (): Promise<Setting> =>
  (await api.call('tantou', 'GET', '/api/settings/municipality/notices')).json<Setting>()

describe('公印の画像', () => {
  it('is kept once, told to the journal, and offered to the settings', async () => {
    const first = await register('tantou', OTHER)
    expect(first.statusCode).toBe(201)
    expect(first.json()).toEqual({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), type: 'svg' })
    expect((await register('kakaricho', OTHER)).json()).toEqual(first.json())
    const events = await api.office.db.rows<{ payload: string }>(
      `select payload from audit_events where kind = 'seal-registered'`,
    )
    expect(events.map(({ payload }) => (JSON.parse(payload) as { payload: object }).payload)).toEqual([
      { sha256: first.json<{ sha256: string }>().sha256, type: 'svg', byteSize: OTHER.length, note: '見本の印2' },
    ])
    const { fields } = await setting()
    expect(fields.find(({ path }) => path === 'seal')?.choices.map(({ label }) => label.split(' ')[0])).toContain(
      '見本の印2',
    )
  })

  it.each([
    ['a script', OTHER.replace('<circle', '<script>1</script><circle')],
    ['a text', '公印'],
  ])('refuses %s', async (_, text) => {
    const reply = await register('tantou', text)
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([422, 'SET-003'])
  })

  it('is printed only after two persons have put the settings in force, and the former stays to be printed', async () => {
    const { sha256, type } = (await register('tantou', OTHER)).json<{ sha256: string; type: string }>()
    const before = await readNoticeSettings(api.office.db)
    const { value } = await setting()
    const proposed = await api.call('tantou', 'POST', '/api/settings/municipality/notices', {
      value: { ...value, seal: { sha256, type } },
      reason: '市長の交替',
    })
    expect(proposed.statusCode).toBe(201)
    expect((await readNoticeSettings(api.office.db)).seal).toEqual(before.seal)
    const changeId = (await setting()).waiting?.changeId
    await api.call('kakaricho', 'POST', `/api/settings/changes/${changeId}/enforce`)
    const after = await readNoticeSettings(api.office.db)
    expect(after.seal).toEqual({ sha256, type })
    expect(after.seals.map((seal) => seal.sha256)).toEqual(expect.arrayContaining([before.seal?.sha256, sha256]))
  })
})
