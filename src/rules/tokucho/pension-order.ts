/** 特別徴収義務者, in the order of precedence. Source: 公立学校共済組合「年金からの介護保険料等の特別徴収」. */
export const PENSION_PAYERS = [
  '日本年金機構',
  '国家公務員共済',
  '日本年金機構(旧農林共済)',
  '私学事業団',
  '地方公務員共済',
] as const

/** 年金の種類, in the order of precedence within a payer. Source: 愛媛県広域連合「優先順位」(介護保険法施行令42条). */
export const PENSION_TYPES = ['老齢基礎', '旧法老齢', '障害', '遺族'] as const

export type PensionCode = `${(typeof PENSION_PAYERS)[number]} ${(typeof PENSION_TYPES)[number]}`

/** 年金の区分, highest precedence first: a summary of 令42条; its full list of codes stands in the interface specification. */
export const PENSION_CODES: readonly PensionCode[] = PENSION_PAYERS.flatMap((payer) =>
  PENSION_TYPES.map((type) => `${payer} ${type}` as const),
)

export interface RankedPension {
  readonly code?: PensionCode | undefined
}

const rankOf = ({ code }: RankedPension): number =>
  code === undefined ? PENSION_CODES.length : PENSION_CODES.indexOf(code)

/**
 * 年金の優先順位: by payer, then by type; the amount does not matter. Pensions without a code come after those with one and
 * keep their order. Source: rules §3.2.
 */
export const byPrecedence = <P extends RankedPension>(pensions: readonly P[]): readonly P[] =>
  pensions.toSorted((a, b) => rankOf(a) - rankOf(b))
