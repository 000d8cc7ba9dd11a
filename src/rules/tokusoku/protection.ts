import type { PlainDate } from '#kernel/plain-date.ts'

/** 支援措置(抑止): one measure on a person. 仮 and 本 protect alike [rules §10-2, own knowledge, verify]. */
export interface ProtectionMeasure {
  readonly startOn: PlainDate
  /** 満了予定日: passed and not released still protects (満了未解除). */
  readonly plannedEndOn: PlainDate | null
  readonly releasedOn: PlainDate | null
}

/** Protected on some day of [`from`, `to`]: `startOn ≤ day` and no `releasedOn ≤ day`. Sheet 1.1 §2.1. */
export const isProtectedWithin = (measure: ProtectionMeasure, from: PlainDate, to: PlainDate): boolean =>
  measure.startOn <= to &&
  (measure.releasedOn === null || (measure.releasedOn > from && measure.releasedOn > measure.startOn))
