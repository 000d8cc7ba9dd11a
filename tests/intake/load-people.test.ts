import { openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import { insured, loadRows, person } from '#tests/support/office-facts.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// architecture §8 People: valid-from/to and recorded-at; a difference adds, never overwrites. layouts.md A.
let office: TestOffice
beforeAll(async () => {
  office = await openTestOffice('2026-08-01T00:00:00.000Z')
})
afterAll(() => office.close())

const versions = (): Promise<object[]> =>
  office.db.rows(
    `select v.address, v.valid_from, v.valid_to, v.superseded_at is not null as superseded
     from person_versions v join persons p on p.id = v.person_id where p.atena_no = '000000000000001' order by v.id`,
  )

describe('宛名', () => {
  it('knows a person since birth', async () => {
    expect(await loadRows(office, 'atena', [person(1), person(2)])).toMatchObject({ status: 'accepted', accepted: 2 })
    expect(await versions()).toEqual([
      { address: 'みほん市中央1丁目', valid_from: '1945-05-05', valid_to: null, superseded: false },
    ])
  })
  it('adds nothing for an equal line', async () => {
    await loadRows(office, 'atena', [person(2), person(1)])
    expect(await versions()).toHaveLength(1)
  })
  it('closes what was known and keeps it when a line differs', async () => {
    office.clock.set('2026-08-10T00:00:00.000Z')
    await loadRows(office, 'atena', [person(1, { 住所: 'みほん市北1丁目' })])
    expect(await versions()).toEqual([
      { address: 'みほん市中央1丁目', valid_from: '1945-05-05', valid_to: null, superseded: true },
      { address: 'みほん市中央1丁目', valid_from: '1945-05-05', valid_to: '2026-08-09', superseded: false },
      { address: 'みほん市北1丁目', valid_from: '2026-08-10', valid_to: null, superseded: false },
    ])
  })
  it('replaces a version of the same day without an empty period', async () => {
    await loadRows(office, 'atena', [person(1, { 住所: 'みほん市南1丁目' })])
    expect((await versions()).slice(2)).toEqual([
      { address: 'みほん市北1丁目', valid_from: '2026-08-10', valid_to: null, superseded: true },
      { address: 'みほん市南1丁目', valid_from: '2026-08-10', valid_to: null, superseded: false },
    ])
  })
  it('keeps the name as written and a folded key beside it', async () => {
    await loadRows(office, 'atena', [person(3, { 氏名: '髙﨑 キュウ', 氏名カナ: 'ﾀｶｻｷ キュウ' })])
    expect(
      await office.db.one(`select name, kana, name_folded, kana_folded from person_versions where name like '髙%'`),
    ).toEqual({ name: '髙﨑 キュウ', kana: 'ﾀｶｻｷ キュウ', name_folded: '高崎キユウ', kana_folded: 'タカサキキユウ' })
  })
  it('takes the first of two lines for one 宛名番号', async () => {
    const result = await loadRows(office, 'atena', [person(4), person(4, { 氏名: '見本 別人' })])
    expect(result).toMatchObject({ accepted: 1, errors: ['3 宛名番号 L24'] })
  })
})

describe('被保険者', () => {
  it('needs its 宛名', async () => {
    const result = await loadRows(office, 'hihokensha', [insured(1), insured(99)])
    expect(result).toMatchObject({ status: 'accepted', accepted: 1, errors: ['3 宛名番号 L21'] })
  })
  it('never changes its 宛名番号', async () => {
    const result = await loadRows(office, 'hihokensha', [insured(2), insured(1, { 宛名番号: '000000000000002' })])
    expect(result).toMatchObject({ accepted: 1, errors: ['3 被保険者番号 L26'] })
  })
  it('is one person within a file, too', async () => {
    const rows = [
      insured(7, { 宛名番号: '000000000000001' }),
      insured(7, { 宛名番号: '000000000000002', 資格取得日: '2021-01-01' }),
    ]
    expect(await loadRows(office, 'hihokensha', rows)).toMatchObject({ accepted: 1, errors: ['3 被保険者番号 L26'] })
  })
  it('keeps the former 資格 when a loss comes', async () => {
    await loadRows(office, 'hihokensha', [insured(1, { 資格喪失日: '2026-08-05', 喪失事由: '死亡' })])
    expect(
      await office.db.rows(
        `select q.lost_on, q.superseded_at is not null as superseded from insured_periods q
         join insured n on n.id = q.insured_id where n.insured_no = '00000001' order by q.id`,
      ),
    ).toEqual([
      { lost_on: null, superseded: true },
      { lost_on: '2026-08-05', superseded: false },
    ])
  })
})

describe('送付先', () => {
  const row = { 宛名番号: '000000000000001', 送付先区分: '相続人代表', 氏名: '見本 相続', 開始日: '2026-08-15' }
  it('adds and supersedes by 区分, 開始日 and name', async () => {
    await loadRows(office, 'soufusaki', [row, { ...row, 氏名: '見本 次男' }])
    await loadRows(office, 'soufusaki', [{ ...row, 終了日: '2026-08-31' }])
    expect(
      await office.db.rows(
        `select name, ends_on, superseded_at is not null as superseded from delivery_addresses order by id`,
      ),
    ).toEqual([
      { name: '見本 相続', ends_on: null, superseded: true },
      { name: '見本 次男', ends_on: null, superseded: false },
      { name: '見本 相続', ends_on: '2026-08-31', superseded: false },
    ])
  })
  it('refuses an end before its start', async () => {
    expect(await loadRows(office, 'soufusaki', [{ ...row, 終了日: '2026-08-14' }])).toMatchObject({
      status: 'refused',
      errors: ['2 終了日 L25'],
    })
  })
})

describe('抑止', () => {
  const row = { 宛名番号: '000000000000002', 措置区分: '本', 開始日: '2025-08-01', 満了予定日: '2026-07-31' }
  it('stays until a line with a 解除日 comes', async () => {
    await loadRows(office, 'yokushi', [row])
    await loadRows(office, 'yokushi', [{ ...row, 解除日: '2026-08-09' }])
    expect(
      await office.db.rows(
        `select expires_on, released_on, superseded_at is not null as superseded from protections order by id`,
      ),
    ).toEqual([
      { expires_on: '2026-07-31', released_on: null, superseded: true },
      { expires_on: '2026-07-31', released_on: '2026-08-09', superseded: false },
    ])
  })
  it('never shows a value in its errors', async () => {
    const { fileId } = await loadRows(office, 'yokushi', [
      { ...row, 開始日: '2026-02-30' },
      { ...row, 宛名番号: '77' },
    ])
    expect(
      await office.db.rows(`select field, value from file_errors where file_id = $1 order by number`, [fileId]),
    ).toEqual([
      { field: '開始日', value: '伏せています' },
      { field: '宛名番号', value: '77' },
    ])
  })
})
