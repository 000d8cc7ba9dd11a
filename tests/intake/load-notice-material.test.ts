import { readNoticeSettings } from '#notices/read-settings.ts'
import { openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import { registerNoticeSettings } from '#tests/support/notice-settings.ts'
import { loadRows } from '#tests/support/office-facts.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// What a municipality brings for its letters: 町域 by 郵便番号, 縮退. All invented.
let office: TestOffice
beforeAll(async () => {
  office = await openTestOffice('2026-08-01T00:00:00.000Z')
  await registerNoticeSettings(office)
})
afterAll(() => office.close())

describe('町域', () => {
  const town = (code: string, name: string, state = '') => ({ 郵便番号: code, 町域: name, 状態: state })
  it('a postal code may have several; an equal line adds nothing, 廃止 ends one', async () => {
    const lines = [town('0000011', '三番町'), town('0000011', '四番町'), town('0000012', '桜ヶ丘')]
    expect(await loadRows(office, 'choiki', lines)).toMatchObject({ status: 'accepted', accepted: 3 })
    await loadRows(office, 'choiki', [town('0000011', '四番町', '廃止'), town('0000012', '桜ヶ丘')])
    expect((await readNoticeSettings(office.db)).towns).toEqual(
      new Map([
        ['0000011', ['三番町']],
        ['0000012', ['桜ヶ丘']],
      ]),
    )
  })
  it('a postal code has seven digits', async () => {
    expect(await loadRows(office, 'choiki', [town('000-0011', '見本町')])).toMatchObject({ errors: ['2 郵便番号 L14'] })
  })
})

describe('縮退', () => {
  const reduction = (original: string, substitute: string, state = '') => ({
    元の文字: original,
    印字する文字: substitute,
    状態: state,
  })
  const use = (on: boolean) =>
    office.db.run(
      `update municipality_settings set value = value || jsonb_build_object('usesReductions', $1::boolean) where name = 'notices'`,
      [on],
    )
  it('is taken over, but used only when the settings say so', async () => {
    const lines = [reduction('𠮷', '吉'), reduction('葛\u{E0100}', '葛'), reduction('見本文字', '見')]
    expect(await loadRows(office, 'shukutai', lines)).toMatchObject({ accepted: 2, errors: ['4 元の文字 L16'] })
    expect((await readNoticeSettings(office.db)).reductions).toEqual(new Map())
    await use(true)
    expect((await readNoticeSettings(office.db)).reductions).toEqual(
      new Map([
        ['𠮷', '吉'],
        ['葛\u{E0100}', '葛'],
      ]),
    )
  })
  it('a changed line takes the place of the former, 廃止 ends one', async () => {
    await loadRows(office, 'shukutai', [reduction('𠮷', '善'), reduction('葛\u{E0100}', '葛', '廃止')])
    expect((await readNoticeSettings(office.db)).reductions).toEqual(new Map([['𠮷', '善']]))
    expect(await office.db.one(`select count(*)::int as n from glyph_reductions`)).toEqual({ n: 3 })
  })
})

describe('公印', () => {
  it('stays for ever, and its hash is that of its bytes', async () => {
    await expect(office.db.run(`delete from notice_seals`)).rejects.toThrow(/permission denied/)
    await expect(
      office.db.run(
        `insert into notice_seals (sha256, type, bytes, note, registered_at) values (repeat('0', 64), 'svg', '<svg/>', '', now())`,
      ),
    ).rejects.toThrow(/check constraint/)
  })
  it('one that the settings name must be registered: NOTE-004', async () => {
    await office.db.run(
      `update municipality_settings set value = jsonb_set(value, '{seal,sha256}', to_jsonb(repeat('0', 64))) where name = 'notices'`,
    )
    await expect(readNoticeSettings(office.db)).rejects.toMatchObject({ code: 'NOTE-004' })
  })
})
