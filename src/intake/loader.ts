import type { PlainDate } from '#kernel/plain-date.ts'
import type { Tx } from '#db/database.ts'
import type { LineErrorCode } from './line-errors.ts'

/** The file that is being loaded, inside its one transaction. */
export interface LoadedFile {
  readonly id: string
  readonly kind: string
  /** Recorded-at of every row it adds: an instant of our clock. */
  readonly at: string
  readonly today: PlainDate
  readonly actorUserId: bigint | null
}

/** A test of the staged lines against each other or against what is loaded. `s` is the staged line. */
export interface StageCheck {
  readonly code: LineErrorCode
  /** Our field whose column the error names. */
  readonly field: string
  /** SQL: true when the line is bad. */
  readonly isBad: string
  /** SQL text put into the message. */
  readonly hint?: string
}

/** A column that is not in the file. */
export interface DerivedColumn {
  readonly column: string
  readonly from: string
  readonly compute: (text: string) => string
}

/**
 * 取込み of one kind: what a line is tested for, and the set-based SQL that takes the good lines of `stage` over.
 * `stage` has a bigint `line`, `errors` (null = good) and one typed column a field of the profile.
 */
export interface FileLoader {
  readonly kind: string
  /** Further text columns of `stage`, each computed from one field by a rule of ours. */
  readonly derived?: readonly DerivedColumn[]
  /** Fields that make a line unique within one file. */
  readonly uniqueBy?: readonly string[]
  readonly checks: readonly StageCheck[]
  /** The tables it fills; after a big file their statistics are renewed at once. */
  readonly fills: readonly string[]
  /** SQL over `stage`: the yen of one line, for the file's control sum. */
  readonly controlYen?: string
  /** Takes over the lines of `stage` without errors. */
  apply(tx: Tx, file: LoadedFile): Promise<void>
}
