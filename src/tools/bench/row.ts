/** Where a measurement works, how large it is, and where it tells what it does. */
export interface BenchRoom {
  /** An empty folder of its own that the database server's account can pass. Removed afterwards. */
  readonly folder: string
  /** 1: the size of the goal. Smaller ones try the measurement, they do not answer it. */
  readonly scale: number
  log(line: string): void
}

/** One line of the table. */
export interface BenchResult {
  /** Figures in words: medians, ratio, sizes. */
  readonly measured: string
  readonly isMet: boolean
  /** What a reader needs in order to believe it: rows, rounds, settings, what was compared. */
  readonly conditions: string
}

/** A number that we promise. Baseline and product alternate in one run; a ratio counts only when their results agree. */
export interface BenchRow {
  readonly name: string
  /** What is measured, as the table says it. */
  readonly what: string
  readonly goal: string
  run(room: BenchRoom): Promise<BenchResult>
}
