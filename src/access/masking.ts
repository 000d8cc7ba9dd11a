/**
 * 抑止の伏せ字, in one place. A masked value is absent from what leaves the server: no placeholder text, no length, no hash.
 * Which fields are protected: sheet 1.1 §2.2; 氏名カナ and 金融機関 in review lists: sheet 5.2 002.
 */
export interface Guarded {
  readonly isMasked: boolean
  readonly value: string | null
}

/** A value that may be 伏せている. Nothing known is masked too: that a protected person has no 送付先 is itself a fact. */
export const guard = (value: string | null, isMasked: boolean): Guarded => ({
  isMasked,
  value: isMasked ? null : value,
})

/** Takes the named fields out of a record of a protected person (they become null); another person's record stays. */
export function withhold<T extends object, K extends keyof T>(
  record: T,
  fields: readonly K[],
  isMasked: boolean,
): Omit<T, K> & { readonly [P in K]: T[P] | null } {
  const shown: Omit<T, K> & { [P in K]: T[P] | null } = { ...record }
  if (isMasked) for (const field of fields) Object.assign(shown, { [field]: null })
  return shown
}
