import { bodyChecker } from '#api/validation.ts'
import type { JsonRecord } from '#rules/shisan/definition.ts'
import { SHISAN } from '#rules/shisan/index.ts'
import { describe, expect, it } from 'vitest'

const shisanOf = (name: string) => {
  const found = SHISAN.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no 試算 ${name}`)
  return found
}
/** What is said of each thing that is wrong, once. */
const saidOf = (name: string, input: JsonRecord): readonly string[] => [
  ...new Set(bodyChecker(shisanOf(name).input)(input).map(({ message }) => message)),
]
const refusalOf = (name: string, input: JsonRecord): unknown => {
  expect(saidOf(name, input)).toEqual([])
  const computed = shisanOf(name).compute(input, new Set())
  return computed.ok ? computed.value.output : computed.error
}

const DECEMBER = { method: '特徴', month: 12, chargedYen: 9400, state: 'stoppable' }
const JANUARY = { method: '普徴', month: 1, chargedYen: 0, state: 'open' }

describe('an input that does not fit is told how to write it', () => {
  it.each<[string, JsonRecord, string]>([
    ['kikan-seigen', { firstFuchoDueOn: 'R6.7.31' }, '日付は 2026-11-13 の形にしてください。'],
    ['kikan-seigen', { firstFuchoDueOn: '2026-02-30' }, '暦にない日です。月と日を確かめてください。'],
    ['kikan-seigen', { firstFuchoDueOn: '1850-07-31' }, '1873年(明治6年)から2099年までの日にしてください。'],
    ['kikan-seigen', { isReduction: 'はい' }, '値の型が違います。引用符のない true か false で入れてください。'],
    ['kikan-seigen', { firstFuchoDueOn: 20260731 }, '値の型が違います。引用符で囲んだ文字で入れてください。'],
    ['kiwari', { amountYen: '1000', periods: 8 }, '値の型が違います。引用符のない数字(整数)で入れてください。'],
    [
      'hokenryo',
      { fiscalYear: 2026, prefecture: '長野県', household: [] },
      '選べる値ではありません。近いもの: 長野(長野県)。「長野」のように、都・府・県を付けずに入れてください(北海道はそのまま)。',
    ],
    [
      'hokenryo',
      { fiscalYear: 2026, prefecture: '県', household: [] },
      '選べる値ではありません。「長野」のように、都・府・県を付けずに入れてください(北海道はそのまま)。',
    ],
    [
      'tokucho-hantei',
      {
        pensions: [{ annualYen: 1, code: '国家公務員共済' }],
        kaigoPerPaymentYen: 0,
        kokiAnnualYen: 0,
        kaigoIsTokucho: true,
      },
      '選べる値ではありません。近いもの: 国家公務員共済 老齢基礎、国家公務員共済 旧法老齢、国家公務員共済 障害、国家公務員共済 遺族。「日本年金機構 老齢基礎」のように、支払者と種類(老齢基礎・旧法老齢・障害・遺族)を空白でつなぎます。支払者は、日本年金機構・国家公務員共済・日本年金機構(旧農林共済)・私学事業団・地方公務員共済です。',
    ],
  ])('%s %o', (name, input, said) => {
    expect(saidOf(name, input)).toContain(said)
  })

  it('an event by its name: those like it, and every code', () => {
    const [said = ''] = saidOf('ido', { slots: [], newAnnualYen: 0, event: '減額' })
    expect(said).toContain('近いもの: DEC-T(減額(特別徴収中))、DEC-F(減額(普通徴収))、PST-(過年度の減額)。')
    expect(said).toContain('DTH、LOS、MOV')
  })

  it('every long list of values says how one is written', () => {
    const choices = (field: unknown): readonly JsonRecord[] =>
      typeof field !== 'object' || field === null
        ? []
        : 'enum' in field
          ? [field as JsonRecord] // a choice
          : Object.values(field).flatMap(choices)
    const long = SHISAN.flatMap(({ input }) => choices(input)).filter((one) => (one['enum'] as unknown[]).length > 12)
    expect(long.length).toBeGreaterThan(3)
    expect(long.filter((one) => one['x-refusal'] === undefined).map(({ title }) => title)).toEqual([])
  })
})

describe('a year that cannot be is refused, not made to fit', () => {
  it.each<[string, JsonRecord, string, string]>([
    [
      '特別徴収 twice in a month',
      { slots: [DECEMBER, JANUARY, DECEMBER], newAnnualYen: 0, event: 'LOS' },
      '/slots/2/month',
      '一つにしてください(一部だけ徴収された回は、「徴収済み」と「徴収不能」に分けて入れます)。',
    ],
    [
      '依頼額 on 普通徴収',
      { slots: [DECEMBER, { ...JANUARY, orderedYen: 100 }], newAnnualYen: 0, event: 'LOS' },
      '/slots/1/orderedYen',
      '依頼額を除くか、徴収方法を確かめてください。',
    ],
    [
      'to go on by choice, and ask for less',
      { slots: [DECEMBER, JANUARY], newAnnualYen: 9000, event: 'MAN', options: { manualTreatment: 'continue' } },
      '/options/manualTreatment',
      '「特別徴収を止める」を選んでください。',
    ],
    [
      'to go on for another reason, and ask for less',
      { slots: [DECEMBER, JANUARY], newAnnualYen: 9000, event: 'JUT-k' },
      '/event',
      '中止する事由を選ぶか、中止月を早めてください。',
    ],
  ])('%s', (_, input, field, next) => {
    expect(refusalOf('ido', input)).toMatchObject({ field, next })
  })

  it('確定 refuses the same', () => {
    const april = { ...DECEMBER, month: 4, state: 'collected' }
    const year = (...slots: readonly JsonRecord[]) => ({ slots, annualYen: 20_000, judgement: 'fucho' })
    expect(refusalOf('kakutei', year(april, april))).toMatchObject({ field: '/slots/1/month' })
    expect(refusalOf('kakutei', year({ ...JANUARY, orderedYen: 1 }))).toMatchObject({ field: '/slots/0/orderedYen' })
  })

  it('what was collected in part stands in two, 普通徴収 of one month may be two', () => {
    const slots = [
      { ...DECEMBER, chargedYen: 4000, state: 'collected' },
      { ...DECEMBER, chargedYen: 5400, state: 'failed' },
      JANUARY,
      { ...JANUARY, orderedYen: 0 },
    ]
    expect(refusalOf('ido', { slots, newAnnualYen: 9400, event: 'FAL' })).toMatchObject({ treatment: '不能' })
  })
})
