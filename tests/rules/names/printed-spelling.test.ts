import { describe, expect, it } from 'vitest'
import { plainDateOf } from '#kernel/plain-date.ts'
import { printedSpelling, type SpellingDecision } from '#rules/names/printed-spelling.ts'

const day = plainDateOf
const decided = (substitute: string, from: string, to: string | null): SpellingDecision => ({
  field: '氏名',
  original: '𠮷田 太郎',
  substitute,
  from: day(from),
  to: to === null ? null : day(to),
})

describe('代替表記', () => {
  const one = [decided('吉田 太郎', '2026-08-01', '2026-08-31')]
  it.each([
    ['2026-07-31', '𠮷田 太郎'],
    ['2026-08-01', '吉田 太郎'],
    ['2026-08-31', '吉田 太郎'],
    ['2026-09-01', '𠮷田 太郎'],
  ])('holds from its first to its last day: %s → %s', (on, printed) => {
    expect(printedSpelling('氏名', '𠮷田 太郎', one, day(on))).toBe(printed)
  })

  it.each([
    ['another name', '氏名', '𠮷田 次郎'],
    ['the same with other spaces', '氏名', '𠮷田\u3000太郎'],
    ['another field', '住所', '𠮷田 太郎'],
    ['the base character, which prints', '氏名', '吉田 太郎'],
  ] as const)('says nothing of %s', (_, field, text) => {
    expect(printedSpelling(field, text, one, day('2026-08-20'))).toBe(text)
  })

  it('of two in force the later begun', () => {
    const two = [decided('よしだ 太郎', '2026-08-10', null), ...one]
    expect(printedSpelling('氏名', '𠮷田 太郎', two, day('2026-08-20'))).toBe('よしだ 太郎')
    expect(printedSpelling('氏名', '𠮷田 太郎', two, day('2026-08-09'))).toBe('吉田 太郎')
    expect(printedSpelling('氏名', '𠮷田 太郎', two.toReversed(), day('2026-08-20'))).toBe('よしだ 太郎')
  })

  it('of two begun on one day the later recorded', () => {
    const two = [...one, decided('よしだ 太郎', '2026-08-01', null)]
    expect(printedSpelling('氏名', '𠮷田 太郎', two, day('2026-08-20'))).toBe('よしだ 太郎')
  })
})
