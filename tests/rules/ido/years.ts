import { IDO_DEFAULTS, type IdoOptions } from '#rules/ido/options.ts'
import { type IdoChange, placeChange } from '#rules/ido/place-change.ts'
import type { Slot, SlotState } from '#rules/ido/slot.ts'

/** 普徴 from July on, one state a slot. */
export const fucho = (chargedYen: bigint, states: readonly SlotState[]): readonly Slot[] =>
  states.map((state, nth) => ({ method: '普徴', month: ((6 + nth) % 12) + 1, chargedYen, orderedYen: 0n, state }))

export const tokucho = (month: number, chargedYen: bigint, state: SlotState, orderedYen = chargedYen): Slot => ({
  method: '特徴',
  month,
  chargedYen,
  orderedYen,
  state,
})

export const ALL_DUE = Array.from({ length: 9 }, () => 'due' as const)
export const OPEN_FROM_OCTOBER = ALL_DUE.map((due, nth) => (nth < 3 ? due : ('open' as const)))

type Given = Partial<IdoChange> & Pick<IdoChange, 'slots' | 'newAnnualYen' | 'events'>

export const place = (given: Given, options: Partial<IdoOptions> = {}): ReturnType<typeof placeChange> =>
  placeChange({ months: 12, fromMonth: null, ...given }, { ...IDO_DEFAULTS, ...options })

export function placed(given: Given, options: Partial<IdoOptions> = {}) {
  const result = place(given, options)
  if (!result.ok) throw new Error(`refused: ${result.error.kind}`)
  return result.value
}

export const times = (count: number, yen: bigint): readonly bigint[] => Array.from({ length: count }, () => yen)

export const charges = ({ slots }: ReturnType<typeof placed>): readonly bigint[] =>
  slots.map(({ chargedYen }) => chargedYen)

export const orders = ({ slots }: ReturnType<typeof placed>): readonly bigint[] =>
  slots.map(({ orderedYen }) => orderedYen)
