import { err, ok, type Result } from '#kernel/result.ts'
import type { Yen } from '#kernel/yen.ts'
import { chooseTreatment, type Treatment } from './choose-treatment.ts'
import { carryByAutumn, correctProvisional, restoreKarichoshu, restoreStopped } from './correct-karichoshu.ts'
import { byPrecedence, type IdoEvent, isLoss, isPastYear, ruleOf } from './events.ts'
import type { IdoOptions } from './options.ts'
import { overpaidOf } from './overpaid.ts'
import { placeAnnual } from './place-annual.ts'
import { type PlacedSlot, type Placement, slotsOf, type TokuchoOutcome } from './placement.ts'
import { placePastYear } from './place-past-year.ts'
import { type IdoRefusal, refusedEvents, refusedMonth, refusedSlot, refusedWithoutMonth } from './refused-change.ts'
import { fiscalIndex, pick, type Slot, type Strip, stripOf, sumOf } from './slot.ts'
import { isRunning, slotsToStop, stopsFrom } from './slots-to-stop.ts'
import { plannedStart, type Started, startNextYear, startThisYear } from './start-tokucho.ts'

export interface IdoChange {
  /** All instalments of the 賦課年度, 普徴 with charge 0 included. */
  readonly slots: readonly Slot[]
  /** 年間保険料額 of the decision in force; unchanged when the event brings none. */
  readonly newAnnualYen: Yen
  /** 月数 of that amount, for a start in the next year. */
  readonly months: number
  readonly events: readonly IdoEvent[]
  /** The month the event speaks of: see `IDO_EVENTS`. */
  readonly fromMonth: number | null
}

/**
 * 異動賦課の割り振り: changes one person's year so that every yen charged adds up to the new annual amount, without touching
 * what is withheld, due or paid unless nothing else is left. Σ charged + 随時 = newAnnualYen, no charge below 0.
 * Source: sheet 3.5 §5. Refuses what it cannot decide (`IdoRefusal`).
 */
export function placeChange(change: IdoChange, options: IdoOptions): Result<Placement, IdoRefusal> {
  const events = change.events.length === 1 ? change.events : byPrecedence(change.events)
  const strip = stripOf(change.slots)
  const fromMonth = change.fromMonth ?? (events.includes('ADD') ? plannedStart(strip) : null)
  const beforeYen = sumOf(strip.charged, strip.order)
  const wasRunning = isRunning(strip)
  const refused =
    refusedSlot(change.slots) ??
    refusedMonth(events, fromMonth) ??
    refusedWithoutMonth(events, change.slots, fromMonth) ??
    refusedEvents(events, { beforeYen, newAnnualYen: change.newAnnualYen }, wasRunning)
  if (refused) return err(refused)
  if (events.some(isPastYear)) return placePastYear(strip, change.newAnnualYen, beforeYen, options)

  const restored = restore(strip, events, fromMonth)
  const open = openSlots(strip, events, fromMonth, options)
  const facts = { beforeYen, newAnnualYen: change.newAnnualYen, keptYen: () => keptYen(strip, open) }
  const treatment = chooseTreatment(events, facts, options)
  const from = stopsFrom(strip, treatment.action, monthOfStop(treatment, fromMonth))
  const stopped = slotsToStop(strip, treatment.action, from, options.changeToZero)
  const failed = events.includes('FAL') ? failedOf(strip, stopped, from) : []
  const failedYen = sumOf(strip.charged, failed)
  for (const index of stopped) {
    strip.charged[index] = 0n
    strip.ordered[index] = 0n
  }
  const recalculated = treatment.action === 'continue' ? recalculate(strip, events, change.newAnnualYen, options) : []

  const openYen = sumOf(strip.charged, open)
  const fixedYen = sumOf(strip.charged, strip.order) - openYen
  const toPlaceYen = change.newAnnualYen - fixedYen
  const isSingle = options.lossSettlement === 'single' && events.some(isLoss)
  const stopMonth = firstMonthOfStop(strip, treatment, stopped, fromMonth)
  const fromIndex = stopMonth === null ? null : fiscalIndex(stopMonth)
  const placed = placeAnnual(strip, { open, toPlaceYen, fromIndex, failedYen, isSingle }, options)
  if (placed.unplacedYen > 0n) return err({ kind: 'written-off', leftYen: placed.unplacedYen })
  if (placed.lowered !== null) {
    const isChosen = treatment.by === 'MAN' && treatment.action === 'continue'
    return err({ kind: 'ordered-lowered', month: monthOf(strip, placed.lowered), isChosen })
  }
  orderAsCharged(strip, treatment)

  const start =
    stopped.length > 0 || isEnding(treatment) ? null : startOf(strip, { ...change, fromMonth }, events, options)
  if (start !== null && !start.ok) return start
  const started = start === null ? null : start.value
  return ok({
    slots: [...slotsOf(strip), ...begunOf(started)],
    zuijiYen: placed.zuijiYen,
    overpaid: overpaidOf(strip),
    outcome: outcomeOf(strip, treatment, { stopped, restored }, wasRunning, started, options),
    treatment,
    beforeYen,
    fixedYen,
    toPlaceYen,
    openYen,
    open,
    stopMonth,
    stopped,
    failed,
    restored,
    recalculated,
    placed,
    started,
  })
}

const monthOf = (strip: Strip, index: number): number => strip.slots[index]?.month ?? 4

function restore(strip: Strip, events: readonly IdoEvent[], fromMonth: number | null): readonly number[] {
  if (events.includes('RFS')) return restoreStopped(strip, fromMonth)
  return events.includes('RFC') ? restoreKarichoshu(strip) : []
}

function recalculate(
  strip: Strip,
  events: readonly IdoEvent[],
  newAnnualYen: Yen,
  { unitYen }: IdoOptions,
): readonly number[] {
  if (events.includes('KAR')) return correctProvisional(strip, newAnnualYen, unitYen)
  return events.includes('RFC') ? carryByAutumn(strip, newAnnualYen) : []
}

/** 動かせる普徴: the open ones; after a 減免 also what is unpaid and falls due after the application. */
function openSlots(
  strip: Strip,
  events: readonly IdoEvent[],
  fromMonth: number | null,
  { genmenReachBack }: IdoOptions,
): readonly number[] {
  const back = genmenReachBack && fromMonth !== null && events.includes('GEN') ? fiscalIndex(fromMonth) : null
  return pick(
    strip,
    ({ state, month }) =>
      state === 'open' || (back !== null && (state === 'due' || state === 'deferred') && fiscalIndex(month) >= back),
  )
}

/** What stays charged when 特別徴収 goes on. */
const keptYen = (strip: Strip, open: readonly number[]): Yen =>
  sumOf(
    strip.charged,
    pick(strip, ({ state }, index) => state !== 'failed' && !open.includes(index)),
  )

/** 不能となった回: what the result says, and the month of the event. */
const failedOf = (strip: Strip, stopped: readonly number[], from: number): readonly number[] =>
  stopped.filter((index) => strip.slots[index]?.state === 'failed' || fiscalIndex(monthOf(strip, index)) === from)

/** For a 減免 the month is that of the application, not of a stop. */
const monthOfStop = ({ by }: Treatment, fromMonth: number | null): number | null =>
  by === null || by === 'GEN' || ruleOf(by).month === undefined ? null : fromMonth

/** The first month of the stop; one that finds nothing to stop still says from when 普徴 takes over. */
function firstMonthOfStop(
  strip: Strip,
  treatment: Treatment,
  stopped: readonly number[],
  fromMonth: number | null,
): number | null {
  const [first] = stopped
  if (first !== undefined) return monthOf(strip, first)
  return treatment.action === 'continue' ? null : monthOfStop(treatment, fromMonth)
}

/** What is not handed over yet, or can still be changed, is ordered as it is charged; under a stop 仮徴収 past its cut-off is not. */
function orderAsCharged(strip: Strip, { action }: Treatment): void {
  strip.slots.forEach(({ state, isPastStopCutoff }, index) => {
    const isLocked = action === 'stop' && isPastStopCutoff === true
    if (state === 'planned' || (state === 'changeable' && !isLocked)) strip.ordered[index] = strip.charged[index] ?? 0n
  })
}

/** An event ends 特別徴収, whether or not there was one: none is started. */
const isEnding = ({ action, isByAmount }: Treatment): boolean => action !== 'continue' && !isByAmount

/** ADD comes last. */
function startOf(
  strip: Strip,
  { fromMonth, newAnnualYen, months }: IdoChange,
  events: readonly IdoEvent[],
  options: IdoOptions,
): Result<Started, IdoRefusal> | null {
  if (fromMonth === null) return null
  if (events.includes('ADD')) return startThisYear(strip, fromMonth, newAnnualYen, options)
  return events.includes('ADD-k') ? ok(startNextYear(fromMonth, newAnnualYen, months)) : null
}

/** What a start makes beyond the input. */
const begunOf = (started: Started | null): readonly PlacedSlot[] =>
  (started?.slots ?? [])
    .filter(({ index }) => index === null)
    .map(({ month, chargedYen, orderedYen }) => ({ month, method: '特徴', chargedYen, orderedYen }))

function outcomeOf(
  strip: Strip,
  { action, by, isByAmount }: Treatment,
  { stopped, restored }: Pick<Placement, 'stopped' | 'restored'>,
  wasRunning: boolean,
  started: Started | null,
  { stopWhenNothingStoppable }: IdoOptions,
): TokuchoOutcome {
  if (started !== null) return '開始'
  if (by === 'REF' || stopped.some((index) => strip.slots[index]?.state === 'failed')) return '不能'
  if (!wasRunning) return 'なし'
  if (action === 'continue') return '継続'
  if (stopped.length === 0 && restored.length > 0) return '継続' // the stop was refused
  return stopped.length > 0 || !isByAmount || stopWhenNothingStoppable ? '中止' : '継続'
}
