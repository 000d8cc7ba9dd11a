import type { Yen } from '#kernel/yen.ts'
import { sayYen } from './definition.ts'

/** 「= 14,933円(1円未満切捨て)、100円未満切捨て」: what a division gives. A rounding is told only where it takes something off. */
export function sayQuotient(dividendYen: Yen, divisor: number, unitYen: Yen): string {
  const evenYen = dividendYen / BigInt(divisor)
  const isExact = evenYen * BigInt(divisor) === dividendYen
  const rounding = evenYen % unitYen === 0n ? '' : `、${sayYen(unitYen)}未満切捨て`
  return `= ${sayYen(evenYen)}${isExact ? '' : '(1円未満切捨て)'}${rounding}`
}
