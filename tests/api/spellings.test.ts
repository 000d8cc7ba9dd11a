import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { insured, loadRows, person } from '#tests/support/office-facts.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// 代替表記 by HTTP: sheet 5.2 003 U03; sheet 1.1 §2.2 (address, 送付先 are protected)
let api: TestApi
let of: (n: number) => string
beforeAll(async () => {
  api = await openTestApi()
  const { office } = api
  await loadRows(office, 'atena', [
    person(1, { 氏名: '𠮷田 一郎', 住所: 'みほん市葛\u{E0100}城1丁目' }),
    person(2),
    person(3, { 氏名: '𠮷田 三郎', 住所: 'みほん市葛\u{E0100}城3丁目' }),
  ])
  await loadRows(office, 'hihokensha', [insured(1), insured(2), insured(3)])
  const sent = {
    送付先区分: '代理',
    氏名: '𠮷屋 花子',
    郵便番号: '0000009',
    住所: 'みほん市西1丁目',
    開始日: '2026-04-01',
  }
  await loadRows(office, 'soufusaki', [
    { 宛名番号: '1'.padStart(15, '0'), ...sent },
    { 宛名番号: '3'.padStart(15, '0'), ...sent },
  ])
  await loadRows(office, 'yokushi', [
    { 宛名番号: '3'.padStart(15, '0'), 措置区分: '本', 開始日: '2026-04-01', 満了予定日: '2027-03-31' },
  ])
  const rows = await office.db.rows<{ id: bigint; no: string }>(`select id, insured_no as no from insured`)
  const ids = new Map(rows.map(({ id, no }) => [no, String(id)]))
  of = (n) => ids.get(String(n).padStart(8, '0')) ?? ''
})
afterAll(() => api.close())

interface Page {
  readonly texts: readonly {
    field: string
    source: string
    original: string
    printed: string | null
    by: string | null
  }[]
  readonly decisions: readonly {
    spellingId: string
    substitute: string
    isInForce: boolean
    endedReason: string | null
  }[]
  readonly code?: string
}
const read = async (login: Login, n: number) => {
  const reply = await api.call(login, 'GET', `/api/insured/${of(n)}/spellings`)
  return { status: reply.statusCode, text: reply.body, body: reply.json<Page>() }
}
const decide = async (login: Login, n: number, change: object = {}) => {
  const reply = await api.call(login, 'POST', `/api/insured/${of(n)}/spellings`, {
    field: '氏名',
    original: '𠮷田 一郎',
    substitute: '吉田 一郎',
    validFrom: '2026-08-14',
    validTo: null,
    reason: '本人に確認した',
    ...change,
  })
  return { status: reply.statusCode, body: reply.json<Page>() }
}

describe('代替表記', () => {
  it('shows the texts of a person in which a character has no glyph, and nothing of who has none', async () => {
    const { body } = await read('tantou', 1)
    expect(body.texts.map(({ field, source, original }) => [field, source, original])).toEqual([
      ['氏名', '宛名', '𠮷田 一郎'],
      ['住所', '宛名', 'みほん市葛\u{E0100}城1丁目'],
      ['氏名', '送付先(代理)', '𠮷屋 花子'],
    ])
    expect(body.texts[0]).toMatchObject({ missing: [{ char: '𠮷', code: 'U+20BB7' }], printed: null, by: null })
    expect((await read('kansa', 2)).body.texts).toEqual([])
  })

  it('is decided with a reason, shows what is printed, and is journalled without a text of the person', async () => {
    const { status, body } = await decide('tantou', 1)
    expect(status).toBe(201)
    expect(body.texts[0]).toMatchObject({ printed: '吉田 一郎', by: '代替表記' })
    expect(body.decisions).toMatchObject([{ substitute: '吉田 一郎', isInForce: true, endedReason: null }])
    const event = await api.office.db.one<{ payload: string }>(
      `select payload from audit_events where kind = 'spelling-decided'`,
    )
    expect(JSON.parse(event.payload)).toMatchObject({
      payload: { field: '氏名', missing: ['U+20BB7'], validFrom: '2026-08-14', reason: '本人に確認した' },
    })
    expect(event.payload).not.toMatch(/吉田|一郎/)
  })

  it.each([
    ['a text that is not registered', { original: '𠮷田 別人' }, 'SPELL-001'],
    ['a text that prints as it is', { field: '住所', original: 'みほん市西1丁目' }, 'SPELL-001'],
    ['a substitute that cannot be printed either', { original: '𠮷屋 花子', substitute: '𠮷や 花子' }, 'SPELL-002'],
    ['spaces', { original: '𠮷屋 花子', substitute: '  ' }, 'SPELL-002'],
    ['a second decision about the same text', {}, 'SPELL-003'],
    ['an end before the beginning', { original: '𠮷屋 花子', validTo: '2026-08-13' }, 'SPELL-005'],
    ['no reason', { reason: '' }, 'REQ-001'],
  ])('refuses %s', async (_, change, code) => {
    expect((await decide('tantou', 1, change)).body.code).toBe(code)
  })

  it('is ended, once, and may be decided anew', async () => {
    const [open] = (await read('tantou', 1)).body.decisions
    const end = () =>
      api.call('kakaricho', 'POST', `/api/insured/${of(1)}/spellings/${open?.spellingId}/end`, {
        endsOn: '2026-08-13',
        reason: '表記の誤り',
      })
    const ended = (await end()).json<Page>()
    expect(ended.decisions).toMatchObject([{ isInForce: false, endedReason: '表記の誤り' }])
    expect(ended.texts[0]).toMatchObject({ printed: null })
    expect((await end()).json<Page>().code).toBe('SPELL-004')
    expect((await decide('tantou2', 1, { substitute: 'よしだ 一郎' })).body.texts[0]).toMatchObject({
      printed: 'よしだ 一郎',
    })
    await expect(api.office.db.run(`update print_spellings set substitute = '別'`)).rejects.toThrow(/not rewritten/)
    await expect(api.office.db.run(`delete from print_spellings`)).rejects.toThrow(/permission denied/)
  })

  it('of a person under 抑止 names the 氏名 only: neither address nor 送付先 is told or taken', async () => {
    const { body, text } = await read('kakaricho', 3)
    expect(body.texts.map(({ field, source }) => [field, source])).toEqual([['氏名', '宛名']])
    expect(text).not.toMatch(/葛|𠮷屋|西1丁目/)
    const address = { field: '住所', original: 'みほん市葛\u{E0100}城3丁目', substitute: 'みほん市葛城3丁目' }
    expect((await decide('kakaricho', 3, address)).body.code).toBe('SPELL-001')
    expect((await decide('tantou', 3, { original: '𠮷田 三郎', substitute: '吉田 三郎' })).status).toBe(201)
  })
})
