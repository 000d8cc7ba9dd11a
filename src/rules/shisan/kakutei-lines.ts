import { isBeforeOctober } from '../kakutei/october-start.ts'
import {
  KAKUTEI_CLASSES,
  type KakuteiClass,
  type KakuteiOptions,
  type KakuteiPlacement,
  type KakuteiYear,
} from '../kakutei/place-kakutei.ts'
import { autumnSplitLines, nextYearLine } from './autumn-lines.ts'
import { backwardLines, tooMuchLine } from './backward-lines.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { placingLines } from './ido-placing-lines.ts'
import { tokuchoLines } from './ido-tokucho-lines.ts'
import { earlySharesOf, octoberStartLines } from './october-start-lines.ts'
import { sayShares } from './say-shares.ts'
import { splitOverLines } from './split-lines.ts'
import { tellChange } from './told-change.ts'
import { tellKakutei, type ToldKakutei } from './told-kakutei.ts'
import {
  overpaidLines,
  proofLine,
  sayBefore,
  sayFailed,
  type Saying,
  sayPeriods,
  shareOf,
  slotLines,
  STAYS,
  type ToldSlot,
} from './told-slots.ts'

const WHY: Readonly<Record<KakuteiClass, string>> = {
  P1: '仮徴収がなく、10月からも特別徴収しない',
  P2: '仮徴収があり、10月からも特別徴収を続ける',
  P3: '仮徴収がなく、10月から特別徴収を始める',
  P4: '仮徴収があったが、10月からは特別徴収できない',
  P5: '仮徴収と暫定だけで、年額に達している',
  P6: '資格を喪失している',
  P7: '年額が0円である',
}

/** 算定の内訳 of a 確定: from the class to every 期 that changes, then the proof. */
export function kakuteiLines(
  placement: KakuteiPlacement,
  year: KakuteiYear,
  options: KakuteiOptions,
): readonly ExplainLine[] {
  const { kakuteiClass, slots, loss, nextProvisionalYen } = placement
  const all = tellKakutei(placement, year, options)
  return [
    { label: '分類', how: WHY[kakuteiClass], value: KAKUTEI_CLASSES[kakuteiClass] },
    ...(loss === null ? placedLines(all) : lossLines(loss)),
    ...overpaidLines(placement.overpaid, all.byDate),
    nextYearLine(nextProvisionalYen, { how: '2月の額がないため、翌年度の4月は特別徴収しない' }),
    proofLine(all.byDate, slots.slice(year.slots.length), placement.zuijiYen, year.annualYen),
  ]
}

/** 喪失済 is told as the 異動 that it is. */
function lossLines({ placement, change, options }: NonNullable<KakuteiPlacement['loss']>): readonly ExplainLine[] {
  const told = tellChange(placement, change, options)
  return [...tokuchoLines(told), ...placingLines(told)]
}

function placedLines(all: ToldKakutei): readonly ExplainLine[] {
  const { placement, byDate, options } = all
  const { restYen } = placement
  return [
    ...slotLines(byDate, (one) => (one.slot.state === 'failed' && one.slot.chargedYen > 0n ? sayFailed(one) : null)),
    fixedLine(all),
    restLine(all),
    ...tokuchoShareLines(all),
    ...fuchoShareLines(all),
    ...slotLines(byDate, sayOpen),
    ...backwardLines(byDate, -restYen, options.backwardOrder),
  ]
}

function sayOpen({ slot, chargedYen }: ToldSlot): Saying {
  if (slot.state !== 'open' || chargedYen === slot.chargedYen) return null
  const how = chargedYen === 0n ? '割り振る額がない' : '割り振った額'
  return [slot.chargedYen === 0n ? how : sayBefore(how, slot.chargedYen), chargedYen]
}

function fixedLine({ placement, byDate }: ToldKakutei): ExplainLine {
  const sum = sayShares(byDate.map((one) => shareOf(one, STAYS[one.slot.state])))
  return { label: '動かせない額', how: sum ?? '仮徴収も暫定もない', value: sayYen(placement.fixedYen) }
}

function restLine({ year, placement: { fixedYen, restYen }, options }: ToldKakutei): ExplainLine {
  const annual = `年額 ${sayYen(year.annualYen)}`
  return restYen < 0n
    ? tooMuchLine(annual, fixedYen, -restYen, options.backwardOrder)
    : { label: '残り', how: `${annual} − 動かせない額 ${sayYen(fixedYen)}`, value: sayYen(restYen) }
}

function tokuchoShareLines(all: ToldKakutei): readonly ExplainLine[] {
  const { kakuteiClass, tokuchoYen } = all.placement
  const shared = tokuchoYen === 0n ? [] : autumnSplitLines('特別徴収に回す額', tokuchoYen)
  if (kakuteiClass === 'P3') return [...octoberStartLines(all), ...shared]
  if (tokuchoYen === 0n) return []
  const how = `10月からも特別徴収を続けるため、残り ${sayYen(all.placement.restYen)} のすべて`
  return [{ label: '特別徴収に回す額', how, value: sayYen(tokuchoYen) }, ...shared]
}

function fuchoShareLines(all: ToldKakutei): readonly ExplainLine[] {
  const { placement, options, targets } = all
  const { kakuteiClass, restYen, tokuchoYen, zuijiYen } = placement
  const rest = `残り ${sayYen(restYen)}`
  if (zuijiYen > 0n)
    return [{ label: '随時期', how: `${rest} を受ける期がないため、随時期で納めていただく`, value: sayYen(zuijiYen) }]
  const fuchoYen = restYen - tokuchoYen
  if (fuchoYen <= 0n) return []
  const isKept = kakuteiClass === 'P3' && options.octStartSplit === 'periods' && isAsSplitOfYear(all)
  return [
    {
      label: '普通徴収に回す額',
      how: tokuchoYen === 0n ? `${rest} のすべて` : `${rest} − 特別徴収に回す額 ${sayYen(tokuchoYen)}`,
      value: sayYen(fuchoYen),
    },
    {
      label: '割り振る期',
      how: isKept ? '10月より前の期。全期で割ったときの額のままとする' : WHERE[whereOf(all)],
      value: sayPeriods(targets),
    },
    ...(isKept ? [] : splitOverLines(targets, fuchoYen, options.unitYen)),
  ]
}

function isAsSplitOfYear(all: ToldKakutei): boolean {
  const early = earlySharesOf(all)
  return all.targets.every(({ chargedYen }, nth) => chargedYen === early[nth])
}

const WHERE = {
  all: 'まだ動かせる期',
  early: '10月より前の、まだ動かせる期',
  late: '特別徴収が終わった後の、10月以後のまだ動かせる期',
  none: '10月以後に動かせる期がないため、まだ動かせるすべての期',
  chosen: '設定により、まだ動かせるすべての期',
} as const

function whereOf({ placement, options, targets }: ToldKakutei): keyof typeof WHERE {
  if (placement.kakuteiClass === 'P3') return 'early'
  if (placement.kakuteiClass !== 'P4') return 'all'
  if (options.stopPlacement === 'all-open') return 'chosen'
  return targets.some(({ slot }) => isBeforeOctober(slot)) ? 'none' : 'late'
}
