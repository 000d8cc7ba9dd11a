import type { Yen } from '#kernel/yen.ts'
import { type IdoEvent, ruleOf } from './events.ts'
import type { IdoOptions } from './options.ts'

/** 特別徴収の扱い: goes on; stopped by us; stopped by the pension side; the order was refused. */
export type TokuchoAction = 'continue' | 'stop' | 'pension-stop' | 'order-refused'

export interface AmountFacts {
  readonly beforeYen: Yen
  readonly newAnnualYen: Yen
  /** Σ all 特徴 but the failed + fixed 普徴: what stays charged when 特別徴収 goes on. */
  readonly keptYen: () => Yen
}

export interface Treatment {
  readonly action: TokuchoAction
  /** The event that decided; null when none has an effect on 特別徴収. */
  readonly by: IdoEvent | null
  /** The stop follows from a change of the amount alone. */
  readonly isByAmount: boolean
}

/**
 * The first event with an effect on 特別徴収 rules; `events` by precedence. Where the amount would decide, a clerk's choice
 * decides instead (011: 増額を併徴とするか全額普徴とするか). Source: sheet 3.5 §5.3.
 */
export function chooseTreatment(events: readonly IdoEvent[], facts: AmountFacts, options: IdoOptions): Treatment {
  const isChosen = events.includes('MAN')
  for (const by of events) {
    const { effect } = ruleOf(by)
    switch (effect) {
      case 'none':
        continue
      case 'manual':
        return { action: options.manualTreatment, by, isByAmount: false }
      case 'by-amount':
        if (isChosen) continue
        return { action: byAmount(facts, options), by, isByAmount: true }
      case 'stop':
      case 'pension-stop':
      case 'order-refused':
        return { action: effect, by, isByAmount: false }
      default:
        return effect satisfies never
    }
  }
  return { action: 'continue', by: null, isByAmount: false }
}

function byAmount({ beforeYen, newAnnualYen, keptYen }: AmountFacts, options: IdoOptions): TokuchoAction {
  if (newAnnualYen > beforeYen) return options.increaseT === 'stop-all' ? 'stop' : 'continue'
  if (newAnnualYen === beforeYen) return 'continue'
  return options.decreaseT === 'absorb-in-futsu' && keptYen() <= newAnnualYen ? 'continue' : 'stop'
}
