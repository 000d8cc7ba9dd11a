import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TOKUSOKU_OPTIONS } from '#rules/tokusoku/options.ts'
import {
  EXCLUDE_REASONS,
  FLAGS,
  PULL_REASONS,
  RESEND_REASONS,
  RETURN_REASONS,
  UNPRINTABLE_REASONS,
  VERDICT_REASONS,
} from '#rules/tokusoku/reasons.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'

const ROOT = join(import.meta.dirname, '../..')
const HEAD = ['section', 'line', 'what', 'test', 'title', 'why not']
const [head = '', ...lines] = readFileSync(join(ROOT, 'src/docs/domain/5-2-coverage.tsv'), 'utf8').trimEnd().split('\n')
const rows = lines.map((text) => {
  const [section = '', line = '', what = '', test = '', title = '', whyNot = '', ...more] = text.split('\t')
  return { text, section, line, what, test, title, whyNot, more }
})
const named = new Set(rows.map(({ line }) => line))
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

/** What the sheet of 督促 asks for, line by line, and the test that shows it. */
describe('coverage of sheet 5.2', () => {
  it('is a table of six columns, each line once, with a test or the reason why there is none', () => {
    expect(head.split('\t')).toEqual(HEAD)
    expect(rows.length).toBeGreaterThan(200)
    expect(new Set(rows.map(({ section, line }) => `${section} ${line}`)).size).toBe(rows.length)
    for (const { text, section, line, what, test, title, whyNot, more } of rows) {
      expect([section, line, what].every((part) => part !== '') && more.length === 0, text).toBe(true)
      expect(test === '', text).toBe(title === '')
      expect(test !== '' || whyNot !== '', text).toBe(true)
    }
  })

  it('names tests that exist, by file and title', () => {
    const sources = new Map<string, string>()
    for (const { text, test, title } of rows) {
      if (test === '') continue
      expect(test, text).toMatch(/^tests\/.*\.test\.ts$/)
      if (!sources.has(test))
        sources.set(test, existsSync(join(ROOT, test)) ? readFileSync(join(ROOT, test), 'utf8') : '')
      const source = sources.get(test) ?? ''
      expect(
        [`'${title}'`, `"${title}"`, `\`${title}\``].some((literal) => source.includes(literal)),
        `no such test: ${text}`,
      ).toBe(true)
    }
  })

  it.each([
    ['A01–A13', Object.keys(VERDICT_REASONS)],
    ['注意', Object.keys(FLAGS)],
    ['T10–T99', Object.keys(EXCLUDE_REASONS)],
    ['U01–U08', Object.keys(UNPRINTABLE_REASONS)],
    ['P01–P99', Object.keys(PULL_REASONS)],
    ['S01–S99', Object.keys(RESEND_REASONS)],
    ['R1–R9', Object.keys(RETURN_REASONS)],
    ['F52-01–15', numbers(15).map((n) => `F52-${String(n).padStart(2, '0')}`)],
    ['worked examples', numbers(20).map((n) => `例 ${n}`)],
    ['invariants', (tokusoku.invariants ?? []).map(({ number }) => `不変条件 ${number}`)],
    ['options', Object.keys(TOKUSOKU_OPTIONS)],
  ])('has a line for every one of %s', (_, codes) => {
    expect(codes.length).toBeGreaterThan(4)
    expect(codes.filter((code) => !named.has(code))).toEqual([])
  })

  it('has a line for each cell of 「What happens when …」', () => {
    const columns = ['再実行', '遅い収納・異動', '抑止', '死亡', '宛先・字形']
    const cells = ['001', '002', '003', '004', '005/006', '007'].flatMap((step) =>
      columns.map((column) => `${step} × ${column}`),
    )
    expect(cells.filter((cell) => !named.has(cell))).toEqual([])
  })
})
