import { describe, expect, it } from 'vitest'
import { plainDateOf } from '#kernel/plain-date.ts'
import {
  at,
  constant,
  isForDay,
  type OptionDefinition,
  refuseOptionValue,
  sayOptionValue,
  scheduleOf,
} from '#rules/options.ts'

const common = { basis: '発送日', source: '', verify: true } as const
const days: OptionDefinition = { ...common, label: '日数', type: 'integer', unit: '日', min: 1, max: 30, default: 10 }
const plain: OptionDefinition = { ...common, label: '倍率', type: 'integer', min: 0, max: 9, default: 1 }
const months: OptionDefinition = {
  ...common,
  label: '月数',
  type: 'integer',
  min: 1,
  max: 3,
  allowed: [1, 3],
  default: 1,
}
const fee: OptionDefinition = { ...common, label: '手数料', type: 'yen', min: 0, max: 10_000, default: 0 }
const isOn: OptionDefinition = { ...common, label: '印字', type: 'boolean', default: false }
const unit: OptionDefinition = {
  ...common,
  label: '単位',
  type: 'choice',
  choices: { one: '1期1通', all: '1人1通' },
  default: 'one',
}

const rate: OptionDefinition = {
  ...common,
  basis: '暦年',
  label: '率',
  type: 'percent',
  min: 0,
  max: 73,
  zero: '登録なし',
  default: 0,
}

describe('条例等の設定: a value', () => {
  it.each<[OptionDefinition, unknown, string | null]>([
    [days, 1, null],
    [days, 30, null],
    [days, 0, '日数は1から30までの整数です。'],
    [days, 31, '日数は1から30までの整数です。'],
    [days, 1.5, '日数は1から30までの整数です。'],
    [days, '10', '日数は1から30までの整数です。'],
    [months, 3, null],
    [months, 2, '月数は1か3です。'],
    [fee, 10_000, null],
    [fee, -1, '手数料は0から10000までの整数です。'],
    [isOn, true, null],
    [isOn, 'する', '印字は「する」か「しない」です。'],
    [rate, 0, null],
    [rate, 73, null],
    [rate, 74, '率は0.0%から7.3%までの、0.1%きざみの率です。'],
    [rate, -1, '率は0.0%から7.3%までの、0.1%きざみの率です。'],
    [rate, 1.5, '率は0.0%から7.3%までの、0.1%きざみの率です。'],
    [rate, '18', '率は0.0%から7.3%までの、0.1%きざみの率です。'],
    [unit, 'all', null],
    [unit, 'both', '単位は1期1通、1人1通から選んでください。'],
    [unit, 1, '単位は1期1通、1人1通から選んでください。'],
  ])('%o, %s', (definition, value, refused) => {
    expect(refuseOptionValue(definition, value)).toBe(refused)
  })

  it.each<[OptionDefinition, unknown, string]>([
    [days, 10, '10日'],
    [plain, 3, '3'],
    [fee, 1000, '1,000円'],
    [isOn, true, 'する'],
    [isOn, false, 'しない'],
    [unit, 'all', '1人1通'],
    [rate, 18, '1.8%'],
    [rate, 20, '2.0%'],
    [rate, 0, '登録なし'],
    [unit, 'both', '"both"'],
    [days, 99, '99'],
  ])('%o, %s is said as %s', (definition, value, words) => {
    expect(sayOptionValue(definition, value)).toBe(words)
  })
})

describe('条例等の設定: the value in force', () => {
  const d = plainDateOf
  const version = (validFrom: string, value: number, name = 'days') => ({ name, validFrom: d(validFrom), value })

  it('by 暦年 a value ends with its year; in a year without one the default holds', () => {
    const versions = [
      version('2027-01-01', 19, 'rate'),
      version('2029-04-01', 21, 'rate'),
      version('2028-01-01', 20, 'rate'),
    ]
    expect(scheduleOf('rate', rate, versions).map(({ from, value }) => [from, value])).toEqual([
      ['0001-01-01', 0],
      ['2027-01-01', 19],
      ['2028-01-01', 20],
      ['2029-01-01', 0],
      ['2029-04-01', 21],
      ['2030-01-01', 0],
    ])
  })

  it.each([
    ['暦年', '2027-01-01', '2027-01-01', true],
    ['暦年', '2027-01-01', '2027-12-31', true],
    ['暦年', '2027-01-01', '2028-01-01', false],
    ['暦年', '2027-04-01', '2027-03-31', false],
    ['発送日', '2027-01-01', '2027-01-01', true],
    ['発送日', '2027-01-01', '2028-01-01', true],
    ['発送日', '2027-01-02', '2027-01-01', false],
  ] as const)('by %s a value from %s is for %s: %s', (basis, from, day, isFor) => {
    expect(isForDay(basis, d(from), d(day))).toBe(isFor)
  })

  it('orders the versions by their first day, whatever order they were recorded in', () => {
    const recorded = [
      version('2026-04-01', 12),
      version('2024-04-01', 14),
      version('2025-04-01', 13),
      version('2025-07-01', 5, 'other'),
    ]
    for (const versions of [recorded, recorded.toReversed()])
      expect(scheduleOf('days', days, versions).map(({ from, value }) => [from, value])).toEqual([
        ['0001-01-01', 10],
        ['2024-04-01', 14],
        ['2025-04-01', 13],
        ['2026-04-01', 12],
      ])
  })

  it('of one day only the later recorded is kept', () => {
    const schedule = scheduleOf('days', days, [version('2026-04-01', 14), version('2026-04-01', 12)])
    expect(schedule.map(({ value }) => value)).toEqual([10, 12])
  })

  it('picks by day; the first entry reaches back', () => {
    const schedule = [
      { from: d('2025-04-01'), value: 'a' },
      { from: d('2026-04-01'), value: 'b' },
    ]
    expect(
      ['2020-01-01', '2025-04-01', '2026-03-31', '2026-04-01', '2030-01-01'].map((day) => at(schedule, d(day))),
    ).toEqual(['a', 'a', 'a', 'b', 'b'])
    expect(at(constant(7), d('1999-01-01'))).toBe(7)
  })

  it('refuses a bad value and an empty schedule', () => {
    expect(() => scheduleOf('days', days, [version('2026-04-01', 99)])).toThrow('days: 日数は1から30までの整数です。')
    expect(() => at([], d('2026-04-01'))).toThrow('a schedule without values')
  })
})
