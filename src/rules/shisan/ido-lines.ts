import type { Yen } from '#kernel/yen.ts'
import { type IdoEvent, ruleOf } from '../ido/events.ts'
import type { Overpaid } from '../ido/overpaid.ts'
import type { PlacingStep } from '../ido/place-annual.ts'
import type { PlacedSlot, Placement, TokuchoOutcome } from '../ido/placement.ts'
import { type ExplainLine, sayYen } from './definition.ts'

const METHOD = { 特徴: '特別徴収', 普徴: '普通徴収' } as const
const nameOf = ({ method, month }: PlacedSlot): string => `${METHOD[method]}${month}月`

const OUTCOME: Readonly<Record<TokuchoOutcome, string>> = {
  継続: '特別徴収はそのまま続ける',
  中止: '特別徴収を止める',
  開始: '特別徴収を始める',
  不能: '年金から徴収できないため、残りは普通徴収で納めていただく',
  なし: '動かす特別徴収はない',
}

/** 算定の内訳 of an 異動: from the event to every slot that changes, then the proof. */
export function idoLines(
  placement: Placement,
  events: readonly IdoEvent[],
  newAnnualYen: Yen,
  unitYen: Yen,
): readonly ExplainLine[] {
  const isPast = events.includes('PST+') || events.includes('PST-')
  return [
    ...events.map((event, nth) => eventLine(event, nth === 0 ? placement.outcome : null)),
    { label: 'これまでの賦課額', how: '期割の枠の賦課額の合計', value: sayYen(placement.beforeYen) },
    ...(isPast ? [] : tokuchoLines(placement)),
    isPast ? pastLine(placement, newAnnualYen) : placingLines(placement, newAnnualYen),
    placedLine(placement, unitYen),
    ...startLines(placement, events),
    ...placement.slots.filter((one) => one.beforeYen !== one.chargedYen).map((one) => slotLine(one)),
    ...overpaidLines(placement.overpaid),
    proofLine(placement.zuijiYen, newAnnualYen),
  ].flat()
}

export const proofLine = (zuijiYen: Yen, annualYen: Yen): ExplainLine => ({
  label: '確かめ',
  how: zuijiYen > 0n ? '枠の賦課額の合計 + 随時期の額 = 年額' : '枠の賦課額の合計 = 年額',
  value: sayYen(annualYen),
})

function eventLine(event: IdoEvent, outcome: TokuchoOutcome | null): ExplainLine {
  const { label, basis } = ruleOf(event)
  return outcome === null
    ? { label: '同時の事由', how: `${label}による異動`, value: event, basis }
    : { label: '異動の事由', how: `${label}による異動。${OUTCOME[outcome]}`, value: outcome, basis }
}

function tokuchoLines({ slots, stopped, restored, recalculated }: Placement): readonly ExplainLine[] {
  const lines: ExplainLine[] = []
  const named = (indexes: readonly number[], say: (slot: PlacedSlot) => string): string =>
    indexes
      .flatMap((index) => slots[index] ?? [])
      .map(say)
      .join('、')
  const months = (indexes: readonly number[]) => named(indexes, ({ month }) => `${month}月`)
  if (restored.length > 0)
    lines.push({
      label: '元の額に戻す回',
      how: '年金側で変更または中止が不可となり、依頼した額が徴収される',
      value: months(restored),
    })
  if (stopped.length > 0)
    lines.push({
      label: '0円とする特別徴収',
      how: `${named(stopped, (slot) => `${slot.month}月 ${sayYen(slot.beforeYen)}`)} は徴収されない`,
      value: months(stopped),
    })
  if (recalculated.length > 0)
    lines.push({
      label: '額を変える特別徴収',
      how: '年額から他の枠を引いた残りを、変更できる回に割り振る',
      value: months(recalculated),
    })
  return lines
}

const placingLines = ({ fixedYen, toPlaceYen, openYen }: Placement, newAnnualYen: Yen): readonly ExplainLine[] => [
  {
    label: '動かせない額',
    how: '徴収される特別徴収と、納期限の来た・納付のあった普通徴収の合計',
    value: sayYen(fixedYen),
  },
  {
    label: '割り振る額',
    how: `新しい年額 ${sayYen(newAnnualYen)} − 動かせない額 ${sayYen(fixedYen)}`,
    value: sayYen(toPlaceYen),
  },
  { label: '動かせる普通徴収', how: 'まだ動かせる期の賦課額の合計', value: sayYen(openYen) },
]

const pastLine = ({ beforeYen, toPlaceYen }: Placement, newAnnualYen: Yen): readonly ExplainLine[] => [
  {
    label: '過年度の差額',
    how: `新しい年額 ${sayYen(newAnnualYen)} − これまで ${sayYen(beforeYen)}(古い期は割り直さない)`,
    value: sayYen(toPlaceYen),
  },
]

/** How the step is told; `moved`, `count` and `each` are the amount, the number of periods and the share of each. */
const STEPS: Readonly<Record<PlacingStep, (moved: string, count: number, each: string, unit: string) => string>> = {
  unchanged: () => '割り振る額が動かせる普通徴収と同じため、期別の額は変えない',
  spread: (moved, count, each, unit) =>
    `増える ${moved} を${count}期に加える(${count}期で割り${unit}未満切捨て、1期 ${each}。端数は最初の期)`,
  resplit: (moved, count, each, unit) =>
    `${moved} を${count}期に割り直す(${unit}未満切捨て、1期 ${each}。端数は最初の期)`,
  'next-period': (moved, count, each) =>
    `徴収不能額は最初の期にまとめ、残る ${moved} を${count}期に加える(1期 ${each}。端数は最初の期)`,
  zuiji: (moved) => `${moved} を受ける期がないため、随時期で納めていただく`,
  lowered: (moved, count, each, unit) =>
    `残る ${moved} を、賦課のある${count}期に割り直す(${unit}未満切捨て、1期 ${each}。端数は最初の期)`,
  'from-last': (moved) => `減る ${moved} を、後の期から順に減らす`,
  single: (moved) => `精算額 ${moved} を、最初の期にまとめる`,
  backwards: (moved) => `動かせる期を0円としてもなお多い ${moved} を、後の期から順に減らす`,
}

function placedLine({ placed, zuijiYen }: Placement, unitYen: Yen): ExplainLine {
  const { step, movedYen, eachYen, targets } = placed
  return {
    label: zuijiYen > 0n ? '随時期' : '割り振り',
    how: STEPS[step](sayYen(movedYen), targets.length, sayYen(eachYen), sayYen(unitYen)),
    value: step === 'unchanged' ? '変更なし' : sayYen(movedYen),
  }
}

function startLines({ started }: Placement, events: readonly IdoEvent[]): readonly ExplainLine[] {
  if (started === null)
    return events.includes('ADD') || events.includes('ADD-k')
      ? [{ label: '特別徴収の開始', how: '特別徴収を止める異動があるため、始めない', value: 'しない' }]
      : []
  const months = started.slots.map(({ month }) => `${month}月`).join('・')
  const [first] = started.slots
  return [
    started.movedFrom.length === 0
      ? {
          label: '翌年度の特別徴収',
          how: `翌年度の${months}に依頼する1回の額(年額換算 ÷ 6、100円未満切捨て)。今年度の賦課は変わらない`,
          value: sayYen(first?.orderedYen ?? 0n),
        }
      : {
          label: '特別徴収に移す額',
          how: `開始月以後の普通徴収を ${months} の特別徴収に移す`,
          value: sayYen(started.movedYen),
        },
  ]
}

export function slotLine(slot: PlacedSlot): ExplainLine {
  const stays =
    slot.orderedYen > slot.chargedYen ? `。年金からは ${sayYen(slot.orderedYen)} が引かれ、差額は後でお返しする` : ''
  return {
    label: nameOf(slot),
    how: `${sayYen(slot.beforeYen)} から ${sayYen(slot.chargedYen)} に変更${stays}`,
    value: sayYen(slot.chargedYen),
  }
}

export function overpaidLines({ nowYen, laterYen }: Overpaid): readonly ExplainLine[] {
  const lines: ExplainLine[] = []
  if (nowYen > 0n)
    lines.push({ label: '過納見込(納付済み)', how: '納付・徴収された額が賦課額を超える分', value: sayYen(nowYen) })
  if (laterYen > 0n)
    lines.push({
      label: '過納見込(これから)',
      how: '止められずに徴収・振替される額が賦課額を超える分。徴収された後に過誤納となる',
      value: sayYen(laterYen),
    })
  return lines
}
