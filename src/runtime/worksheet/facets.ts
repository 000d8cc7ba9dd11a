/** Filter of a review list. All given parts must hold. `text` (名前・番号) is personal: it arrives by POST only. */
export interface WorksheetFilter {
  readonly verdict?: readonly string[]
  readonly reason?: readonly string[]
  readonly flag?: readonly string[]
  readonly change?: readonly string[]
  readonly dueOn?: readonly string[]
  readonly rowNo?: readonly number[]
  /** Already folded by the caller for kana; digits match the start of 被保険者番号. */
  readonly text?: string
}

/** What a row can be filtered by. Rows that are alike in all of it share a bucket. */
export interface Facets {
  readonly verdict: string
  readonly reason: string | null
  readonly flags: readonly string[]
  readonly change: string | null
  readonly dueOn: string | null
}

/** Rows that are alike, with their sums in yen: of the list's own yen, and of each totalled column. */
export interface Bucket extends Facets {
  readonly count: number
  readonly yen: bigint
  readonly sums: Readonly<Record<string, bigint>>
}

/** Whether rows of this kind pass the parts of a filter that name no single row. */
export const passes = (facets: Facets, { verdict, reason, flag, change, dueOn }: WorksheetFilter): boolean =>
  (verdict?.includes(facets.verdict) ?? true) &&
  (reason === undefined || (facets.reason !== null && reason.includes(facets.reason))) &&
  (flag?.some((one) => facets.flags.includes(one)) ?? true) &&
  (change === undefined || (facets.change !== null && change.includes(facets.change))) &&
  (dueOn === undefined || (facets.dueOn !== null && dueOn.includes(facets.dueOn)))
