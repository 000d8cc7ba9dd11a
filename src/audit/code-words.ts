import { FAULTS } from '#kernel/faults.ts'
import {
  EXCLUDE_REASONS,
  PULL_REASONS,
  RESEND_REASONS,
  RETURN_END_REASONS,
  RETURN_REASONS,
  type ReasonEntry,
  UNPRINTABLE_REASONS,
  VERDICT_REASONS,
} from '#rules/tokusoku/reasons.ts'

/** 理由 by flow: codes are unique within one. */
const REASONS: Readonly<Record<string, Readonly<Record<string, ReasonEntry>>>> = {
  '5-2-tokusoku': {
    ...VERDICT_REASONS,
    ...EXCLUDE_REASONS,
    ...UNPRINTABLE_REASONS,
    ...PULL_REASONS,
    ...RESEND_REASONS,
    ...RETURN_REASONS,
    ...RETURN_END_REASONS,
  },
}
/** A 返戻 names no step; its letters are those of this flow. */
const LETTERS = '5-2-tokusoku'

/** 理由 of an event: 「充当予定」 for the code T15, else what was typed; null where there is none. */
export function reasonWord({ step, reason }: Readonly<Record<string, unknown>>): string | null {
  if (typeof reason !== 'string' || reason === '') return null
  const flow = typeof step === 'string' ? (step.split('/')[0] ?? '') : LETTERS
  return REASONS[flow]?.[reason]?.label ?? reason
}

const isFault = (code: unknown): code is keyof typeof FAULTS => typeof code === 'string' && Object.hasOwn(FAULTS, code)

/** A fault as 「この操作をする権限がありません。(AUTH-002)」; what its message was filled with is not kept. */
export const faultWord = (code: unknown): string =>
  isFault(code) ? `${FAULTS[code].message.replaceAll(/\{\w+\}/g, '…')}(${code})` : String(code)
