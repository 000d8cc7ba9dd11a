import { integer, list, record } from '#rules/shisan/schema.ts'
import { titleAt } from '#rules/shisan/title-at.ts'
import { describe, expect, it } from 'vitest'

const age = integer('年齢', '歳', { minimum: 0, maximum: 130 })
const input = record('入力', {
  year: integer('年度', '年度', { minimum: 2008, maximum: 2049 }),
  household: list('世帯員', record('人', { age }), { minItems: 1, maxItems: 9 }),
  amounts: list('額', age, { minItems: 1, maxItems: 9 }),
})

describe('項目の名前 at a JSON pointer', () => {
  it.each([
    ['', '入力'],
    ['/year', '年度'],
    ['/household', '世帯員'],
    ['/household/1', '世帯員 2行目'],
    ['/household/1/age', '世帯員 2行目の年齢'],
    ['/amounts/0', '額 1行目'],
    ['/unknown', 'unknown'],
    ['/household/0/unknown', '世帯員 1行目のunknown'],
    ['/unknown/deeper', '/unknown/deeper'],
  ])('%s → %s', (pointer, title) => {
    expect(titleAt(input, pointer)).toBe(title)
  })
})
