import { formatYen, type Yen } from '#kernel/yen.ts'
import { formatWareki, formatWarekiFiscalYear } from '#rules/calendar/wareki.ts'
import { periodText, sumYen, type TokusokuNotice } from './tokusoku-notice.ts'
import type { TokusokuView } from './tokusoku.schema.ts'
import { furtherSlipText } from './tokusoku-texts.ts'

/** 一枚に並ぶ期割: a line each, their sums, and the slips of the second and later ones, a page each. */
export function severalOf(
  lines: readonly [TokusokuNotice, ...TokusokuNotice[]],
  furtherSlips: readonly TokusokuView['slip'][],
): NonNullable<TokusokuView['several']> {
  const unlessZero = (yen: Yen): string => (yen === 0n ? '' : formatYen(yen))
  const entaikin = sumYen(lines.map((one) => one.entaikinYen))
  return {
    lines: lines.map(({ key, ...one }) => ({
      tsuchishoNo: key.tsuchishoNo,
      fukaYear: formatWarekiFiscalYear(key.fukaYear),
      choteiYear: key.choteiYear === key.fukaYear ? '' : formatWarekiFiscalYear(key.choteiYear),
      period: periodText(key.period),
      dueOn: formatWareki(one.dueOn),
      charged: formatYen(one.chargedYen),
      received: formatYen(one.receivedYen),
      unpaid: formatYen(one.unpaidYen),
      fee: unlessZero(one.feeYen),
      entaikin: unlessZero(one.entaikinYen),
    })),
    sums: {
      charged: formatYen(sumYen(lines.map((one) => one.chargedYen))),
      received: formatYen(sumYen(lines.map((one) => one.receivedYen))),
      unpaid: formatYen(sumYen(lines.map((one) => one.unpaidYen))),
      fee: unlessZero(sumYen(lines.map((one) => one.feeYen))),
      entaikin: unlessZero(entaikin),
    },
    entaikinNote: entaikin === 0n ? '' : `延滞金は${formatWareki(lines[0].run.issueOn)}現在`,
    pages: furtherSlips.map((slip, at) => ({
      sheet: `発行番号 ${lines[0].noticeNo} ${at + 2}枚目(全${lines.length}枚)`,
      text: furtherSlipText(slip.fiscalYear, slip.period),
      slip,
    })),
  }
}
