import { plainDateOf } from '#kernel/plain-date.ts'
import { insuredOverview } from '#people/queries/overview.ts'
import { personAsOf } from '#people/queries/person-as-of.ts'
import { searchInsured } from '#people/queries/search.ts'
import { protectedOn } from '#access/protected-on.ts'
import { openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import { insured, instalment, KEY, loadRows, person, receipt } from '#tests/support/office-facts.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// sheet 1.1 §2 (protection), sheet 5.2 002 (masked kana), architecture §8 People
const TODAY = plainDateOf('2026-11-13')
let office: TestOffice
const ids = new Map<string, bigint>()

beforeAll(async () => {
  office = await openTestOffice('2026-11-13T00:00:00.000Z')
  await loadRows(office, 'atena', [
    person(1, { 氏名: '高橋 キヨ', 氏名カナ: 'タカハシ キヨ', 生年月日: '1938-03-03' }),
    person(2, { 氏名: '髙橋 キヨ', 氏名カナ: 'タカハシ キヨ', 生年月日: '1938-03-03' }),
    person(3, {
      氏名: '伊藤 キヨ',
      氏名カナ: 'イトウ キヨ',
      生年月日: '1939-05-20',
      電話番号: '000-0000-0003',
      世帯番号: '333',
      転出日: '2026-10-01',
    }),
    person(4, { 氏名: '伊藤 一郎', 氏名カナ: 'イトウ イチロウ', 死亡日: '2026-10-24' }),
  ])
  await loadRows(office, 'hihokensha', [insured(1), insured(2), insured(3, { 被保険者番号: '04814950' }), insured(4)])
  await loadRows(office, 'yokushi', [
    {
      宛名番号: person(3)['宛名番号'] ?? '',
      措置区分: '本',
      開始日: '2025-04-01',
      満了予定日: '2026-10-31',
      相手方氏名: '見本 相手',
    },
    { 宛名番号: person(1)['宛名番号'] ?? '', 措置区分: '仮', 開始日: '2025-04-01', 解除日: '2026-11-13' },
  ])
  await loadRows(office, 'soufusaki', [
    {
      宛名番号: person(3)['宛名番号'] ?? '',
      送付先区分: '本人',
      氏名: '伊藤 キヨ',
      郵便番号: '0009999',
      住所: '安全な場所',
      開始日: '2025-04-01',
    },
  ])
  await loadRows(office, 'kiwari', [
    instalment(3, { 被保険者番号: '04814950', 調定額: 12_200 }),
    instalment(3, { 被保険者番号: '04814950', 期別: '04', 納期限: '2026-11-02', 調定額: 11_500 }),
    instalment(3, { 被保険者番号: '04814950', 期別: '05', 納期限: '2026-11-30', 調定額: 11_500 }),
  ])
  await loadRows(office, 'shuno', [receipt({ 収納額: 12_200, 領収日: '2026-07-29', 収納方法: '窓口' })])
  await loadRows(office, 'tokusoku', [{ ...KEY, 期別: '04', 発送日: '2026-11-05', 指定期限: '2026-11-16' }])
  for (const row of await office.db.rows<{ id: bigint; insured_no: string }>(`select id, insured_no from insured`))
    ids.set(row.insured_no, row.id)
})
afterAll(() => office.close())

const search = async (q: string): Promise<string[]> =>
  (await searchInsured(office.db, { q, limit: 10, today: TODAY })).items.map((hit) => hit.insuredNo)
const idOf = (insuredNo: string): bigint => ids.get(insuredNo) ?? -1n

describe('search', () => {
  it.each([
    ['たかはし', ['00000001', '00000002']],
    ['ﾀｶﾊｼ ｷﾖ', ['00000001', '00000002']],
    ['髙橋', ['00000001', '00000002']],
    ['高橋　キヨ', ['00000001', '00000002']],
    ['0４８14950', ['04814950']],
    ['3', ['04814950']],
    ['2600123455', ['04814950']],
    ['昭和14年5月20日', ['04814950']],
    ['19380303', ['00000001', '00000002']],
    ['みほん市中央', []],
    ['000-0000-0003', []],
    ['%', []],
    ['　', []],
  ])('%s finds %j', async (q, found) => {
    expect(await search(q)).toEqual(found)
  })
  it('shows a protected person without kana and address, and marks namesakes', async () => {
    const [hit] = (await searchInsured(office.db, { q: '04814950', limit: 10, today: TODAY })).items
    expect(hit).toEqual({
      insuredId: String(idOf('04814950')),
      insuredNo: '04814950',
      atenaNo: '000000000000003',
      name: '伊藤 キヨ',
      kana: { isMasked: true, value: null },
      bornOn: '1939-05-20',
      address: { isMasked: true, value: null },
      status: '転出',
      isProtected: true,
      isSimilar: false,
    })
    const { items } = await searchInsured(office.db, { q: 'タカハシ', limit: 10, today: TODAY })
    expect(items.map((one) => [one.isSimilar, one.isProtected, one.kana.value])).toEqual([
      [true, false, 'タカハシ キヨ'],
      [true, false, 'タカハシ キヨ'],
    ])
  })
  it('goes on from an id of ours', async () => {
    const first = await searchInsured(office.db, { q: 'タカハシ', limit: 1, today: TODAY })
    expect(first).toMatchObject({ total: 2, nextCursor: String(idOf('00000001')) })
    const second = await searchInsured(office.db, { q: 'タカハシ', limit: 1, cursor: first.nextCursor, today: TODAY })
    expect(second.items.map((hit) => hit.insuredNo)).toEqual(['00000002'])
    expect(second.nextCursor).toBeNull()
  })
})

describe('protection', () => {
  const isProtected = async (insuredNo: string, day: string): Promise<unknown> =>
    office.db.one(`select ${protectedOn('n.person_id', '$2::date')} as it from insured n where n.insured_no = $1`, [
      insuredNo,
      day,
    ])
  it.each([
    ['04814950', '2025-03-31', false],
    ['04814950', '2025-04-01', true],
    ['04814950', '2026-11-13', true], // 満了予定日 has passed, not released
    ['00000001', '2026-11-12', true],
    ['00000001', '2026-11-13', false], // 解除日
  ])('%s on %s: %s', async (insuredNo, day, it) => {
    expect(await isProtected(insuredNo, day)).toEqual({ it })
  })
})

describe('the page of a person', () => {
  const open = (isDisclosed: boolean) =>
    insuredOverview(office.db, idOf('04814950'), { today: TODAY, isDisclosed, wordsOf: () => undefined })
  it('holds no protected value of a person under 抑止', async () => {
    const page = await open(false)
    expect(page).toMatchObject({
      name: '伊藤 キヨ',
      address: { isMasked: true, value: null },
      status: '喪失',
      movedOutOn: null,
      isProtected: true,
      protection: { measure: '本', startsOn: '2025-04-01', expiresOn: '2026-10-31', isExpired: true },
      deliveries: [{ kind: '本人', name: { isMasked: true, value: null }, address: { isMasked: true, value: null } }],
      movements: [
        {
          kind: '収納',
          debitAccount: '収納',
          creditAccount: '収納',
          yen: -12_200,
          receivedOn: '2026-07-29',
          period: '01',
        },
        { kind: '調定', yen: 11_500, period: '05' },
        { kind: '調定', yen: 11_500, period: '04' },
        { kind: '調定', yen: 12_200, period: '01' },
      ],
    })
    const text = JSON.stringify(page)
    for (const secret of [
      'みほん市',
      '0000001',
      '000-0000-0003',
      '333',
      '2026-10-01',
      '安全な場所',
      '0009999',
      '見本 相手',
      '窓口',
    ])
      expect(text).not.toContain(secret)
  })
  it('opens them when disclosed, but never the 相手方', async () => {
    const page = await open(true)
    expect(page).toMatchObject({
      address: { isMasked: false, value: 'みほん市中央3丁目' },
      phone: { isMasked: false, value: '000-0000-0003' },
      household: { isMasked: false, value: '333' },
      movedOutOn: '2026-10-01',
      status: '転出',
      deliveries: [{ address: { value: '安全な場所' } }],
    })
    expect(page?.movements[0]).toMatchObject({ debitAccount: '収納:窓口' })
    expect(JSON.stringify(page)).not.toContain('見本 相手')
  })
  it('adds up the years and names the state of each 期割', async () => {
    const page = await open(false)
    expect(page?.years).toMatchObject([
      { fukaYear: 2026, chargedYen: 35_200, receivedYen: 12_200, unpaidYen: 23_000, overdueYen: 11_500 },
    ])
    expect(
      page?.years[0]?.instalments.map((one) => [one.period, one.status, one.unpaidYen, one.lastReceivedOn]),
    ).toEqual([
      ['01', '納付', 0, '2026-07-29'],
      ['04', '督促済', 11_500, null],
      ['05', 'これから', 11_500, null],
    ])
  })
  it('is null for an id that nobody has', async () => {
    expect(
      await insuredOverview(office.db, 999_999n, { today: TODAY, isDisclosed: false, wordsOf: () => undefined }),
    ).toBeNull()
  })
})

describe('a person as of a day, as known at a moment', () => {
  it('answers with what was so, and with what was known', async () => {
    const personId = (
      await office.db.one<{ id: bigint }>(`select id from persons where atena_no = $1`, [person(4)['宛名番号'] ?? ''])
    ).id
    office.clock.set('2026-11-20T00:00:00.000Z')
    await loadRows(office, 'atena', [
      person(4, { 氏名: '伊藤 一郎', 氏名カナ: 'イトウ イチロウ', 死亡日: '2026-10-25' }),
    ])
    const died = async (day: string, knownAt: string | null): Promise<string | null | undefined> =>
      (await personAsOf(office.db, personId, plainDateOf(day), knownAt))?.diedOn
    expect(await died('2026-11-20', null)).toBe('2026-10-25')
    expect(await died('2026-11-19', null)).toBe('2026-10-24')
    expect(await died('2026-11-20', '2026-11-15T00:00:00Z')).toBe('2026-10-24')
    expect(await died('1900-01-01', null)).toBeUndefined()
  })
})
