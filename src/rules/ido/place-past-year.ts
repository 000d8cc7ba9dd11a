import { err, ok, type Result } from '#kernel/result.ts'
import type { Yen } from '#kernel/yen.ts'
import type { IdoOptions } from './options.ts'
import { overpaidOf } from './overpaid.ts'
import { NOTHING } from './place-annual.ts'
import { type Placement, slotsOf } from './placement.ts'
import { reduceBackwards } from './reduce-backwards.ts'
import type { IdoRefusal } from './refused-change.ts'
import { pick, type Strip } from './slot.ts'

/**
 * 過年度の異動: the old periods are never split anew. An increase is one 随時 of the current 調定年度; a decrease is taken
 * backwards off the year's slots. 特別徴収 is not touched. Source: sheet 3.5 §5.3 PST; rules §2.6 [own knowledge, verify].
 */
export function placePastYear(
  strip: Strip,
  newAnnualYen: Yen,
  beforeYen: Yen,
  { backwardOrder }: IdoOptions,
): Result<Placement, IdoRefusal> {
  const moreYen = newAnnualYen - beforeYen
  const zuijiYen = moreYen > 0n ? moreYen : 0n
  const candidates = pick(strip, ({ state }) => state !== 'written-off')
  const leftYen = reduceBackwards(strip, candidates, moreYen < 0n ? -moreYen : 0n, backwardOrder)
  if (leftYen > 0n) return err({ kind: 'written-off', leftYen })
  return ok({
    slots: slotsOf(strip),
    zuijiYen,
    overpaid: overpaidOf(strip),
    outcome: 'なし',
    treatment: { action: 'continue', by: null, isByAmount: false },
    beforeYen,
    fixedYen: beforeYen,
    toPlaceYen: moreYen,
    openYen: 0n,
    open: [],
    stopMonth: null,
    stopped: [],
    failed: [],
    restored: [],
    recalculated: [],
    placed: NOTHING,
    started: null,
  })
}
