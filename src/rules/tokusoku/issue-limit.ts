import { addDays, maxDate, type PlainDate } from '#kernel/plain-date.ts'

/**
 * 発送期限: 納期限 + `issueLimitDays` (20), counted from the 猶予終了日 when a 徴収猶予 ended later
 * [source: 富山市規則6条, 朝来市規則6条, 芦屋市]. Equal is in time. Deferred until 2026-08-11 → 2026-08-31.
 */
export const issueLimitOn = (
  facts: { readonly dueOn: PlainDate; readonly deferredUntil: PlainDate | null },
  issueLimitDays: number,
): PlainDate => addDays(facts.deferredUntil ? maxDate(facts.dueOn, facts.deferredUntil) : facts.dueOn, issueLimitDays)
