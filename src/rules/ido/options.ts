import type { Yen } from '#kernel/yen.ts'
import type { BackwardOrder } from './reduce-backwards.ts'

/** 異動賦課の条例等の設定 that decide one person's amounts. Source: sheet 3.5 §2, sheet 3.4 §2; all [own knowledge, verify]. */
export interface IdoOptions {
  readonly unitYen: Yen
  /** 普徴の増額: the difference is added to the open periods, or all of them are split anew. */
  readonly increaseF: 'spread-difference' | 'resplit'
  /** 普徴の減額: the open periods are split anew, or lowered from the last. */
  readonly decreaseF: 'resplit' | 'from-last'
  /** 特徴の増額: goes on, the difference by 普徴 (併徴), or stops. */
  readonly increaseT: 'heicho' | 'stop-all'
  /** 特徴の減額: stops, or goes on where the open 普徴 can take it. */
  readonly decreaseT: 'stop' | 'absorb-in-futsu'
  readonly stopWhenNothingStoppable: boolean
  /** 資格喪失の精算: over the open periods, or in one. */
  readonly lossSettlement: 'resplit' | 'single'
  /** 不能額: over the open periods, or whole into the next. */
  readonly failedPlacement: 'spread' | 'next-period'
  readonly stopPlacement: 'from-stop-month' | 'all-open'
  readonly backwardOrder: BackwardOrder
  readonly additionalStartAmount: 'remaining' | 'annual/6'
  /** 仮徴収 past its stop day is lowered to 0 by 仮徴収額変更. */
  readonly changeToZero: boolean
  readonly genmenReachBack: boolean
  /** The choice for event MAN. */
  readonly manualTreatment: 'continue' | 'stop'
}

export const IDO_DEFAULTS: IdoOptions = {
  unitYen: 100n,
  increaseF: 'spread-difference',
  decreaseF: 'resplit',
  increaseT: 'heicho',
  decreaseT: 'stop',
  stopWhenNothingStoppable: false,
  lossSettlement: 'resplit',
  failedPlacement: 'spread',
  stopPlacement: 'from-stop-month',
  backwardOrder: 'latest-first',
  additionalStartAmount: 'remaining',
  changeToZero: false,
  genmenReachBack: true,
  manualTreatment: 'stop',
}
