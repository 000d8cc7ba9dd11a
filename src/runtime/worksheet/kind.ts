/** A column of a review list. `sql` uses the aliases of `readWorksheet`: r row, d detail, i instalment, s insured, p person, m last mark. */
export interface WorksheetColumn {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'yen' | 'date' | 'integer' | 'list' | 'instalment'
  readonly sql: string
  readonly isSortable: boolean
  readonly isTotalled: boolean
  /** Masked for a person under 抑止. */
  readonly isGuarded?: boolean
}

/** Totals by the values of a column of the list. */
export interface WorksheetBreakdown {
  readonly column: string
  /** What rows without a value are called. */
  readonly whenEmpty?: string
}

/** A kind of review list: its typed detail table and its columns, as data. */
export interface WorksheetKind {
  readonly kind: string
  readonly detailTable: string
  /** Columns of the detail table after worksheet_id and row_no, in COPY order. */
  readonly detailColumns: readonly string[]
  /** Detail columns that hold ids of our own and so differ between two equal runs: they stay out of the hash. */
  readonly unhashed?: readonly string[]
  readonly columns: readonly WorksheetColumn[]
  /** Extra joins of the columns, after the standard aliases. */
  readonly joins: string
  /** 内訳 beside 判定×理由: columns of this list by whose values its totals are told. */
  readonly breakdowns?: readonly WorksheetBreakdown[]
  /** ORDER BY of the default view, over the standard aliases; row_no is appended. */
  readonly defaultOrder: string
}
