import { floorTo, type Yen } from '#kernel/yen.ts'
import { periodsFromJuly, sharesBeforeOctober } from '../kakutei/october-start.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { splitLines } from './split-lines.ts'
import type { ToldKakutei } from './told-kakutei.ts'

const BASIS = '10月から始める人の特別徴収と普通徴収の分け方は市町村が定める [own knowledge, verify]'

/** 新規10月開始: how much 特別徴収 takes of the year, and why all of the rest where it does. */
export function octoberStartLines(all: ToldKakutei): readonly ExplainLine[] {
  const { year, placement, options } = all
  const { tokuchoYen, restYen } = placement
  const { lines, wantedYen, how } = options.octStartSplit === 'half' ? halfOf(year.annualYen) : periodsOf(all)
  const value = sayYen(tokuchoYen)
  const label = '特別徴収に回す額'
  if (tokuchoYen === wantedYen) return [...lines, { label, how, value, basis: BASIS }]
  const rest = `残り ${sayYen(restYen)} のすべて`
  if (all.targets.length === 0) return [{ label, how: `10月より前に動かせる期がないため、${rest}`, value }]
  return [
    ...lines,
    { label: '特別徴収の分', how, value: sayYen(wantedYen), basis: BASIS },
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
  const halfYen = annualYen / 2n
  return {
    lines: [],
    wantedYen: floorTo(halfYen, 100n),
    how: `年額 ${sayYen(annualYen)} ÷ 2 = ${sayYen(halfYen)}(1円未満切捨て)、100円未満切捨て`,
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
              each: '年額を全期で割った1回の額',
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
