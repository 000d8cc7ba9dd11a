import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import type { NoticeCase } from './load-notice-cases.ts'

/** SQL for the letter that a row of `notices` stands on: the row itself, or the first row of its sheet. */
export const letterOf = (alias: string): string => `coalesce(${alias}.letter_id, ${alias}.id)`

/** What 003 makes at a time: the rows of one person, or one row. */
export type LetterCase = readonly NoticeCase[]

/** 督促状の単位: pages of rows in their order → pages of what is made together. A person's rows follow one another. */
export async function* letterCases(
  pages: AsyncIterable<readonly NoticeCase[]>,
  unit: TokusokuOptions['noticeUnit'],
): AsyncGenerator<readonly LetterCase[]> {
  if (unit === 'person') yield* wholeGroups(pages, ({ insuredId }) => insuredId)
  else for await (const page of pages) yield page.map((kase) => [kase])
}

export type Group<Row> = readonly [Row, ...Row[]]

/** Pages of rows → pages of groups of equal `keyOf` that follow one another; no group is torn by the end of a page. */
export async function* wholeGroups<Row, Key>(
  pages: AsyncIterable<readonly Row[]>,
  keyOf: (row: Row) => Key,
): AsyncGenerator<readonly Group<Row>[]> {
  let open: [Row, ...Row[]] | null = null
  for await (const page of pages) {
    const whole: Group<Row>[] = []
    for (const row of page)
      if (open !== null && keyOf(open[0]) === keyOf(row)) open.push(row)
      else {
        if (open !== null) whole.push(open)
        open = [row]
      }
    yield whole
  }
  if (open !== null) yield [open]
}
