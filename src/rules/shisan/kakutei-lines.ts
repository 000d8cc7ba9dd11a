import type { Slot } from '../ido/slot.ts'
import { isBeforeOctober } from '../kakutei/october-start.ts'
import type { KakuteiOptions, KakuteiPlacement, KakuteiYear } from '../kakutei/place-kakutei.ts'
import { autumnSplitLines, nextYearLine } from './autumn-lines.ts'
import { backwardLines } from './backward-lines.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { FIXED, fixedLine, STAYS, tooMuchLine } from './fixed-lines.ts'
import { heirsLine, OF_WHO_LEFT } from './heirs-line.ts'
import { placingLines } from './ido-placing-lines.ts'
import { targetsLine, ZUIJI_BASIS } from './ido-raise-lines.ts'
import { UNTESTED_TOKUCHO } from './ido-start-lines.ts'
import { tokuchoLines } from './ido-tokucho-lines.ts'
import { classLine } from './kakutei-class-line.ts'
import { earlySharesOf, octoberStartLines } from './october-start-lines.ts'
import { overpaidLines, paidLine } from './overpaid-lines.ts'
import { saySetting, settingBasis } from './say-setting.ts'
import { sayMonths } from './say-shares.ts'
import { splitOverLines } from './split-lines.ts'
import { type ChangeWords, tellChange, toldAt } from './told-change.ts'
import { kindOf, tellKakutei, type ToldKakutei } from './told-kakutei.ts'
import { proofLine, sayBefore, sayFailed, type Saying, sayPeriods, slotLines, type ToldSlot } from './told-slots.ts'

/** 算定の内訳 of a 確定: from the class to every 期 that changes, then the proof. */
export function kakuteiLines(
  placement: KakuteiPlacement,
  year: KakuteiYear,
  options: KakuteiOptions,
): readonly ExplainLine[] {
  const { slots, loss, overpaid, restYen, nextProvisionalYen } = placement
  const isUnsettled = restYen > 0n || overpaid.totalYen > 0n
  const all = tellKakutei(placement, year, options)
  return [
    classLine(all),
    ...(loss === null ? [] : [MONTHS_DONE]),
    ...(placement.kakuteiClass === 'P3' ? [UNTESTED_TOKUCHO] : []),
    ...paidLine(all.byDate),
    ...(loss === null ? placedLines(all) : lossLines(all, loss)),
    ...overpaidLines(overpaid, all.byDate),
    ...(loss !== null && isUnsettled ? [heirsLine(OF_WHO_LEFT, placement)] : []),
    loss === null ? nextYearLine(nextProvisionalYen) : NO_NEXT_YEAR,
    proofLine(all.byDate, slots.slice(year.slots.length), placement.zuijiYen, year.annualYen),
  ]
}

const NO_NEXT_YEAR: ExplainLine = {
  label: '翌年度の仮徴収額',
  how: '資格を喪失しているため、翌年度の仮徴収はない',
  value: sayYen(0n),
}

const MONTHS_DONE: ExplainLine = {
  label: '年額の月数',
  how: '月数の入力はない。年額を、月割の済んだ額としてそのまま使う',
  value: '月割済み',
}

/** 喪失済 is placed as an 異動; it is told like one only where it changes 期 that have an amount. */
function lossLines(
  all: ToldKakutei,
  { placement, change, options }: NonNullable<KakuteiPlacement['loss']>,
): readonly ExplainLine[] {
  const told = tellChange(placement, change, options, KAKUTEI_WORDS)
  const targets = toldAt(told, placement.placed.targets)
  const hasTokucho = change.slots.some(({ method }) => method === '特徴')
  return [
    ...(hasTokucho ? tokuchoLines(told) : []),
    ...(placement.openYen > 0n
      ? placingLines(told)
      : restLines(
          { ...all, byDate: told.byDate, targets },
          placement.stopMonth === null ? undefined : targetsLine(told),
        )),
  ]
}

const KAKUTEI_WORDS: ChangeWords = {
  annual: '年額',
  kindOf: sayKind,
  basisOf: () => LOST_BASIS,
}

const LOST_BASIS = '喪失済は、異動賦課の資格喪失と同じに割り振る [own knowledge, verify]'
const TARGETS_BASIS = '割り振る期は市町村が定める [own knowledge, verify]'

function placedLines(all: ToldKakutei): readonly ExplainLine[] {
  const isFailed = ({ slot }: ToldSlot) => slot.state === 'failed' && slot.chargedYen > 0n
  return [...slotLines(all.byDate, (one) => (isFailed(one) ? sayFailed(one) : null)), ...restLines(all)]
}

/** From what cannot be changed to what every 期 gets of the rest. `where`: 割り振る期, where a stop decides them. */
function restLines(all: ToldKakutei, where?: ExplainLine): readonly ExplainLine[] {
  const { placement, byDate, options } = all
  return [
    keptLine(all),
    restLine(all),
    ...tokuchoShareLines(all),
    ...fuchoShareLines(all, where),
    ...slotLines(byDate, sayOpen),
    ...backwardLines(byDate, -placement.restYen, options.backwardOrder),
  ]
}

function sayOpen({ slot, chargedYen }: ToldSlot): Saying {
  if (slot.state !== 'open' || chargedYen === slot.chargedYen) return null
  const how = chargedYen === 0n ? '割り振る額がない' : '割り振った額'
  return [slot.chargedYen === 0n ? how : sayBefore(how, slot.chargedYen), chargedYen]
}

function keptLine({ placement, byDate, options }: ToldKakutei): ExplainLine {
  const { fixedYen, restYen: leftYen } = placement
  const noteOf = ({ slot }: ToldSlot): string => `${sayKind(slot)}${STAYS[slot.state]}`
  return fixedLine(byDate, noteOf, { fixedYen, leftYen, none: '仮徴収も暫定賦課もない' }, options)
}

/** 「仮徴収、」 before why a 期 stays. */
function sayKind(slot: Slot): string {
  const kind = kindOf(slot)
  return kind === null ? '' : `${kind}、`
}

function restLine({ year, placement: { fixedYen, restYen }, options, byDate }: ToldKakutei): ExplainLine {
  const annual = `年額 ${sayYen(year.annualYen)}`
  return restYen < 0n
    ? tooMuchLine(
        { annual, fixedYen, hasOpen: byDate.some(({ slot }) => slot.state === 'open'), yen: -restYen },
        options,
        byDate,
      )
    : { label: '残り', how: `${annual} − ${FIXED} ${sayYen(fixedYen)}`, value: sayYen(restYen) }
}

function tokuchoShareLines(all: ToldKakutei): readonly ExplainLine[] {
  const { kakuteiClass, tokuchoYen } = all.placement
  const shared = tokuchoYen === 0n ? [] : autumnSplitLines('特別徴収に回す額', tokuchoYen)
  if (kakuteiClass === 'P3') return [...octoberStartLines(all), ...shared]
  if (tokuchoYen === 0n) return []
  const how = `10月からも特別徴収を続けるため、残り ${sayYen(all.placement.restYen)} のすべて`
  return [{ label: '特別徴収に回す額', how, value: sayYen(tokuchoYen) }, ...shared]
}

function fuchoShareLines(all: ToldKakutei, where?: ExplainLine): readonly ExplainLine[] {
  const { placement, options, targets } = all
  const { kakuteiClass, restYen, tokuchoYen, zuijiYen } = placement
  const rest = `残り ${sayYen(restYen)}`
  if (zuijiYen > 0n)
    return [
      {
        label: '随時期',
        how: `${rest} を受ける期がないため、随時期で納めていただく`,
        value: sayYen(zuijiYen),
        basis: ZUIJI_BASIS,
      },
    ]
  const fuchoYen = restYen - tokuchoYen
  if (fuchoYen <= 0n) return []
  const isKept = kakuteiClass === 'P3' && options.octStartSplit === 'periods' && isAsSplitOfYear(all)
  return [
    {
      label: '普通徴収に回す額',
      how: tokuchoYen === 0n ? `${rest} のすべて` : `${rest} − 特別徴収に回す額 ${sayYen(tokuchoYen)}`,
      value: sayYen(fuchoYen),
    },
    where ?? {
      label: '割り振る期',
      how: isKept ? '10月より前の期。全期で割ったときの額のままとする' : sayWhere(all),
      value: sayPeriods(targets),
      basis: targetsBasis(all),
    },
    ...(isKept ? [] : splitOverLines(targets, fuchoYen, options.unitYen)),
  ]
}

function targetsBasis({ placement: { kakuteiClass }, options }: ToldKakutei): string {
  if (kakuteiClass === 'P4') return settingBasis(options, 'stopPlacement')
  return kakuteiClass === 'P6' ? LOST_BASIS : TARGETS_BASIS
}

function isAsSplitOfYear(all: ToldKakutei): boolean {
  const early = earlySharesOf(all)
  return all.targets.every(({ chargedYen }, nth) => chargedYen === early[nth])
}

function sayWhere({ placement, options, targets, byDate }: ToldKakutei): string {
  if (placement.kakuteiClass === 'P3') return '10月より前の、まだ変更できる期'
  if (placement.kakuteiClass !== 'P4') return 'まだ変更できる期'
  if (options.stopPlacement === 'all-open')
    return `${saySetting(options, 'stopPlacement')}により、まだ変更できるすべての期`
  if (targets.some(({ slot }) => isBeforeOctober(slot)))
    return '10月以後に変更できる期がないため、まだ変更できるすべての期'
  const skipped = byDate.filter(({ slot }) => slot.state === 'open' && isBeforeOctober(slot))
  return `特別徴収が終わった後の、10月以後のまだ変更できる期${skipped.length === 0 ? '' : `。${sayMonths(skipped.map(({ slot }) => slot))}も変更できるが、10月より前のため加えない`}`
}
