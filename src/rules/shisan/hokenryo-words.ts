import type { Yen } from '#kernel/yen.ts'
import type { PersonPremium } from '../hokenryo/compute-hokenryo.ts'
import { sayYen } from './definition.ts'

/** 軽減 as it is told. */
export const REDUCTION_NAMES = {
  seven: '7割',
  five: '5割',
  two: '2割',
  none: 'なし',
  dependant: '5割(元被扶養者)',
} as const satisfies Record<PersonPremium['reduction'], string>

/** 世帯員 by their place in the household: 0 → 「1人目」. */
export const sayPerson = (index: number): string => `${index + 1}人目`

/** 967n → 「9.67%」 */
export const sayRate = (rate: bigint): string => `${rate / 100n}.${String(rate % 100n).padStart(2, '0')}%`

/** 「10円未満切捨て」 */
export const sayUnit = (unitYen: Yen): string => `${sayYen(unitYen)}未満切捨て`
