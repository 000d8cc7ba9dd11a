import type { JsonRecord } from '#rules/shisan/definition.ts'
import { SHISAN } from '#rules/shisan/index.ts'
import type { Holidays } from '#rules/calendar/business-day.ts'

/** 算定の内訳 of a 試算 as it is read out: 「端数処理: 求め方 → 値 [根拠]」. */
export function linesOf(name: string, input: JsonRecord, holidays: Holidays): string[] {
  const computed = SHISAN.find((one) => one.name === name)?.compute(input, holidays)
  if (!computed?.ok) throw new Error(computed?.error.message ?? `no 試算 ${name}`)
  return computed.value.lines.map(
    ({ label, how, value, basis }) => `${label}: ${how} → ${value}${basis === undefined ? '' : ` [${basis}]`}`,
  )
}

/** The lines from the first that begins with `label`. */
export const from = (label: string, lines: readonly string[]): readonly string[] =>
  lines.slice(lines.findIndex((line) => line.startsWith(label)))
