import type { Yen } from '#kernel/yen.ts'
import { periodsFromJuly, sharesBeforeOctober, tokuchoHalfOf } from '../kakutei/october-start.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { splitLines } from './split-lines.ts'
import { OCT_START_SPLIT } from './kakutei-schema.ts'
import { sayQuotient } from './say-quotient.ts'
import { sayChoice } from './say-setting.ts'
import type { ToldKakutei } from './told-kakutei.ts'

/** 新規10月開始: how much 特別徴収 takes of the year, and why all of the rest where it does. */
export function octoberStartLines(all: ToldKakutei): readonly ExplainLine[] {
  const { year, placement, options } = all
  const { tokuchoYen, restYen } = placement
  const { lines, wantedYen, how } = options.octStartSplit === 'half' ? halfOf(year.annualYen) : periodsOf(all)
  const value = sayYen(tokuchoYen)
  const basis = `${sayChoice(OCT_START_SPLIT, options.octStartSplit)} [own knowledge, verify: 分け方は市町村が定める]`
  const label = '特別徴収に回す額'
  if (tokuchoYen === wantedYen) return [...lines, { label, how, value, basis }]
  const rest = `残り ${sayYen(restYen)} のすべて`
  if (all.targets.length === 0) return [{ label, how: `10月より前に変更できる期がないため、${rest}`, value }]
  return [
    ...lines,
    { label: '特別徴収の分', how, value: sayYen(wantedYen), basis },
    { label, how: `特別徴収の分 ${sayYen(wantedYen)} は残りより多いため、${rest}`, value },
  ]
}

/** What July to September would have been in an even split over the year. */
export const earlySharesOf = ({ byDate, year, options }: ToldKakutei): readonly Yen[] =>
  sharesBeforeOctober(
    byDate.map(({ slot }) => slot),
    year.annualYen,
    options.unitYen,
  )

interface Wanted {
  readonly lines: readonly ExplainLine[]
  readonly wantedYen: Yen
  readonly how: string
}

function halfOf(annualYen: Yen): Wanted {
  return {
    lines: [],
    wantedYen: tokuchoHalfOf(annualYen),
    how: `年額 ${sayYen(annualYen)} ÷ 2 ${sayQuotient(annualYen, 2, 100n)}`,
  }
}

function periodsOf(all: ToldKakutei): Wanted {
  const { year, options, byDate } = all
  const periods = periodsFromJuly(byDate.map(({ slot }) => slot)).length
  const early = earlySharesOf(all)
  const earlyYen = early.reduce((sum, one) => sum + one, 0n)
  return {
    lines: [
      ...(periods === 0
        ? []
        : splitLines(
            { amountYen: year.annualYen, periods, unitYen: options.unitYen },
            {
              each: '年額を全期で割った1期の額',
              first: '年額を全期で割った最初の期の額',
              firstPeriod: '最初の期',
            },
          )),
      {
        label: '10月より前の期の分',
        how: early.length === 0 ? '10月より前の期がない' : early.map(sayYen).join(' + '),
        value: sayYen(earlyYen),
      },
    ],
    wantedYen: year.annualYen - earlyYen,
    how: `年額 ${sayYen(year.annualYen)} − 10月より前の期の分 ${sayYen(earlyYen)}`,
  }
}
