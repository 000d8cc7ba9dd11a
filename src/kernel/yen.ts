/** 円: an integer amount, never a floating-point number. */
export type Yen = bigint

/** 端数切捨て: rounds a non-negative amount down to a multiple of `unit` yen. */
export function floorTo(yen: Yen, unit: Yen): Yen {
  if (yen < 0n) throw new RangeError(`floorTo takes no negative amount: ${yen}`)
  return yen - (yen % unit)
}

/** Yen as a JSON integer. Throws beyond 2^53 − 1, where JSON numbers stop being exact. */
export function yenToJson(yen: Yen): number {
  const number = Number(yen)
  if (!Number.isSafeInteger(number)) throw new RangeError(`yen does not fit a JSON integer: ${yen}`)
  return number
}

/** 「12,300」: digits with thousands separators and a real minus sign, no unit. */
export function formatYen(yen: Yen): string {
  const digits = (yen < 0n ? -yen : yen).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  return yen < 0n ? `−${digits}` : digits
}
