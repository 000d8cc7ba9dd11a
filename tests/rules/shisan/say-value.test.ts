import { sayValue } from '#rules/shisan/say-value.ts'
import {
  choice,
  date,
  fiscalYear,
  flag,
  integer,
  list,
  percent,
  record,
  text,
  westernDate,
  yen,
} from '#rules/shisan/schema.ts'
import { describe, expect, it } from 'vitest'

const age = integer('年齢', '歳', { minimum: 0, maximum: 130 })
const person = record('人', { age }, { isHead: flag('世帯主') })
const rows = { minItems: 0, maxItems: 9 }

describe('a value in words', () => {
  it.each([
    [yen('額'), 92_700, '92,700円'],
    [fiscalYear(), 2026, '令和8年度(2026年度)'],
    [percent('率'), 2.4, '2.4%'],
    [date('納期限'), '2026-07-31', '令和8年7月31日'],
    [westernDate('西暦'), '2026-07-31', '2026年7月31日'],
    [flag('世帯主'), false, 'いいえ'],
    [choice('単位', [[1000, '1,000円']]), 1000, '1,000円'],
    [text('文', { maxLength: 9 }), 'ア', 'ア'],
    [list('額', yen('額'), rows), [1200, 0], '1,200円、0円'],
    [list('人', person, rows), [{ age: 76, isHead: true }, { age: 80 }], '(1) 年齢 76歳、世帯主 はい (2) 年齢 80歳'],
    [list('人', person, rows), [], 'なし'],
    [age, undefined, '—'],
  ])('%# %o → %s', (field, value, said) => {
    expect(sayValue(field, value)).toBe(said)
  })
})
