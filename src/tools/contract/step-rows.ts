/** A line of `steps.tsv`: one numbered step, or an `E` row for what happens around it. */
export interface StepRow {
  readonly no: string
  /** 自動, 確認, 操作, 判断, 送付, 受領, mixed with `/`; — for a mere point in time. */
  readonly kind: string
  readonly lane: string
  /** 工程名, character by character as printed. */
  readonly name: string
  /** File name of the step without extension; empty when nothing of ours runs. */
  readonly slug: string
  readonly functions: string
  readonly evidence: string
}

export const STEP_COLUMNS = ['no', 'kind', 'lane', 'name', 'slug', 'functions', 'evidence'] as const

/** Reads `steps.tsv`. Throws when the heading or a line has other columns. */
export function parseSteps(text: string): readonly StepRow[] {
  return parseTable(text, STEP_COLUMNS)
}

/** Reads a tab-separated table with a heading line. Throws when the columns differ. */
export function parseTable<const C extends string>(text: string, columns: readonly C[]): readonly Record<C, string>[] {
  const [heading = '', ...lines] = text.replace(/\n$/, '').split('\n')
  if (heading !== columns.join('\t')) throw new Error(`the table must have the columns ${columns.join(', ')}`)
  return lines.map((line, index) => {
    const values = line.split('\t')
    if (values.length !== columns.length) throw new Error(`line ${index + 2} of the table has ${values.length} columns`)
    // every column has its value: the lengths are equal
    return Object.fromEntries(columns.map((column, at) => [column, values[at]])) as Record<C, string>
  })
}

/** 自動 → the engine's job; 確認, 操作, 判断, 送付, 受領 and mixed kinds → a person decides. */
export const taskKindOf = (row: Pick<StepRow, 'no' | 'kind'>): 'service' | 'user' =>
  row.kind === '自動' || row.no.startsWith('E') ? 'service' : 'user'

const OURS = /^(後期高齢担当課|会計|収納|滞納整理部署)/

/** The lane where a step is done: of 「A → B」 the first that is the municipality's, without remarks in brackets. */
export function laneOf(row: Pick<StepRow, 'lane'>): string {
  const lanes = lanesOf(row)
  return lanes.find((lane) => OURS.test(lane)) ?? lanes[0] ?? ''
}

/** Who receives what a step sends, when it goes to somebody outside; null otherwise. */
export function receiverOf(row: Pick<StepRow, 'lane'>): string | null {
  const lanes = lanesOf(row)
  const receiver = lanes.at(-1) ?? ''
  return lanes.length > 1 && !OURS.test(receiver) ? receiver : null
}

const lanesOf = (row: Pick<StepRow, 'lane'>): readonly string[] =>
  row.lane.split(' → ').map((lane) => lane.replaceAll(/\(.*?\)/g, '').trim())
