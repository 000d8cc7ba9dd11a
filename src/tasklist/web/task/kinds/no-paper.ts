import { UNPRINTABLE_REASONS, type UnprintableCode } from '#rules/tokusoku/reasons.ts'
import type { VerdictWord } from './kind.ts'

/** Why a row of 004 has no 紙面: 003 could not make the letter, or another run has dunned it or is about to (A02). */
export type NoPaperCode = UnprintableCode | 'A02'
export const isNoPaperCode = (code: unknown): code is NoPaperCode =>
  typeof code === 'string' && (code === 'A02' || Object.hasOwn(UNPRINTABLE_REASONS, code))

const ELSEWHERE: VerdictWord = { word: '除外', tone: 'wait', icon: 'minus' }
const UNPRINTABLE: VerdictWord = { word: '発行不能', tone: 'wait', icon: 'minus' }
/** 判定 of such a row. */
export const noPaperWord = (code: unknown): VerdictWord => (code === 'A02' ? ELSEWHERE : UNPRINTABLE)
