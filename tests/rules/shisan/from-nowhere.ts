import { formatYen } from '#kernel/yen.ts'
import type { ExplainLine, JsonRecord, Shisan } from '#rules/shisan/definition.ts'

const amountsIn = (text: string): string[] => [...text.matchAll(/\d[\d,]*(?=円)/g)].map(([amount]) => amount)
const numbersIn = (value: unknown): string[] =>
  typeof value === 'number' && Number.isInteger(value)
    ? [formatYen(BigInt(value))]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(numbersIn)
      : []
/** 1円, 100円 …: what amounts are rounded down to. */
const UNITS = ['1', '10', '100', '1,000', '0']

/**
 * Amounts in an explanation that a person at the counter could not follow: neither typed in, nor reached by an earlier line
 * or an 「=」 before them, nor the line's own result, nor told in the texts of the rule; a line with a 根拠 of its own may bring
 * amounts of that.
 */
export function fromNowhere(
  { basis, formula, doubts }: Shisan,
  input: JsonRecord,
  lines: readonly ExplainLine[],
): string[] {
  const known = new Set([...UNITS, ...numbersIn(input), ...[...basis, ...formula, ...doubts].flatMap(amountsIn)])
  return lines.flatMap((line) => {
    const [given = '', ...reached] = line.how.split('= ')
    const told = [...reached.flatMap(amountsIn), ...amountsIn(line.value)]
    for (const amount of line.basis === undefined ? told : [...told, ...amountsIn(given)]) known.add(amount)
    return amountsIn(given)
      .filter((amount) => !known.has(amount))
      .map((amount) => `${line.label}: ${amount}円`)
  })
}
