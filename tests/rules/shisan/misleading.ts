import type { ExplainLine } from '#rules/shisan/definition.ts'

/** Whether a line says it, and should not. */
type Fault = (line: ExplainLine, text: string) => boolean

const yenOf = (digits: string | undefined): number => Number((digits ?? '0').replaceAll(',', ''))
const DIVISION =
  /([\d,]+)円 ÷ (?:確定の期 )?(\d+)[回期]?(?:\([^)]*\))? = ([\d,]+)円(\(1円未満切捨て\))?(?:、([\d,]+)円未満切捨て)?/
const REMAINDER = /([\d,]+)円(?: × \d+[回期])?\(端数は(?!ない)/

/** What a clerk would be misled by in any line of an explanation. */
const FAULTS: Readonly<Record<string, Fault>> = {
  '切捨て where nothing is cut, or a cut that is not told': ({ how }) => {
    const [, amount, by, even, cut, unit] = DIVISION.exec(how) ?? []
    if (amount === undefined) return false
    const isCut = yenOf(amount) % Number(by) !== 0
    return isCut !== (cut !== undefined) || (unit !== undefined && yenOf(even) % yenOf(unit) === 0)
  },
  '端数 where there is none': ({ how, value }) => {
    const base = REMAINDER.exec(how)?.[1]
    return base !== undefined && yenOf(base) === yenOf(/[\d,]+/.exec(value)?.[0])
  },
  '〔要確認〕 alone as 根拠': ({ basis }) => basis !== undefined && /^(?:〔要確認[^〕]*〕)+$/.test(basis),
  'a 設定 without its name': (_, text) => /設定(?!「)/.test(text),
  'an article without its law': (_, text) => /(?<!法律?施行)規則\d|(?<!法律?)施行令\d/.test(text),
  '介護保険法 without what applies it': ({ basis = '' }) =>
    /介護保険法\d/.test(basis) && !basis.includes('高齢者医療確保法110条で準用'),
  'conditions said to hold that were not tested': (_, text) => /すべての条件/.test(text),
  'a number of ours for a verdict': ({ value }) => /(?:^|[^A-Za-z])[A-Z]\d\d/.test(value),
  'words of the office': (_, text) => /動かせ|確かめ|暫定(?!賦課)/.test(text),
  '回 for 普通徴収': (_, text) => /普通徴収 [^→特]*円 × \d+回/.test(text),
}

/** Each fault with the line it stands in. */
export const misleading = (lines: readonly ExplainLine[]): string[] =>
  lines.flatMap((line) => {
    const text = [line.label, line.how, line.value, line.basis ?? ''].join(' ')
    return Object.entries(FAULTS).flatMap(([what, is]) => (is(line, text) ? [`${what}: ${text}`] : []))
  })
