import type { Static } from 'typebox'
import type { Tx } from '#db/database.ts'
import type { FlowDefinition } from '#runtime/flow.ts'
import type { Bucket } from '#runtime/worksheet/facets.ts'
import type { WorksheetKind } from '#runtime/worksheet/kind.ts'
import { openSheet, type OpenSheet } from '#runtime/worksheet/read.ts'
import { hiddenColumns } from './hidden-columns.ts'
import type { worksheetInfo } from '../worksheet.schema.ts'

type Info = Static<typeof worksheetInfo>
type Chip = Info['chips'][number]

/** What the grid needs to know of a list before its rows: columns, words, filters with their 件数. */
export async function sheetInfo(
  tx: Tx,
  flow: FlowDefinition,
  kind: WorksheetKind,
  worksheetId: bigint,
  userId: bigint,
): Promise<Info> {
  const sheet = await openSheet(tx, kind, worksheetId)
  const coded = (words: Readonly<Record<string, string>> = {}): Info['reasons'] =>
    Object.entries(words).map(([code, label]) => ({ code, label }))
  return {
    worksheetId: `${worksheetId}`,
    kind: kind.kind,
    version: sheet.version,
    columns: kind.columns.map(({ name, label, type, isSortable, isTotalled }) => ({
      name,
      label,
      type,
      isSortable,
      isTotalled,
    })),
    chips: chipsOf(flow, sheet),
    reasons: coded(flow.words?.reasons),
    flags: coded(flow.words?.flags),
    counted: { ...sheet.counts },
    count: sheet.count,
    hash: sheet.standing.hash,
    hiddenColumns: await hiddenColumns(tx, userId, kind.kind),
  }
}

const VERDICT_ORDER = ['要確認', '対象', '除外']
const rank = (verdict: string): number => (VERDICT_ORDER.includes(verdict) ? VERDICT_ORDER.indexOf(verdict) : 9)

interface Counted {
  readonly value: string
  readonly count: number
}

/** 件数 by each value that a bucket has, most first. */
function countBy(buckets: readonly Bucket[], valuesOf: (bucket: Bucket) => readonly (string | null)[]): Counted[] {
  const counts = new Map<string, number>()
  for (const bucket of buckets)
    for (const value of valuesOf(bucket))
      if (value !== null && bucket.count > 0) counts.set(value, (counts.get(value) ?? 0) + bucket.count)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

/** すべて, each 判定, each reason of 要確認 and 除外, what differs from the version before, each 注意. */
function chipsOf(flow: FlowDefinition, { count, standing: { buckets } }: OpenSheet): Chip[] {
  const verdicts = countBy(buckets, ({ verdict }) => [verdict]).toSorted((a, b) => rank(a.value) - rank(b.value))
  const reasons = countBy(buckets, ({ reason }) => [reason])
  const flags = countBy(buckets, (bucket) => bucket.flags)
  const changes = countBy(buckets, ({ change }) => [change]).filter(({ value }) => value !== '初版' && value !== '同じ')
  const changed = changes.reduce((sum, one) => sum + one.count, 0)
  const word = (words: Readonly<Record<string, string>> | undefined, code: string): string => words?.[code] ?? code
  return [
    { label: 'すべて', count, filter: {} },
    ...verdicts.map((one) => ({ label: one.value, count: one.count, filter: { verdict: [one.value] } })),
    ...(changed > 0
      ? [{ label: '前の版から変わった', count: changed, filter: { change: changes.map(({ value }) => value) } }]
      : []),
    ...reasons.map((one) => ({
      label: word(flow.words?.reasons, one.value),
      count: one.count,
      filter: { reason: [one.value] },
    })),
    ...flags.map((one) => ({
      label: word(flow.words?.flags, one.value),
      count: one.count,
      filter: { flag: [one.value] },
    })),
  ]
}
