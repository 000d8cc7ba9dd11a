/** The part of the Elasticsearch bulk dialect that the engine's stock exporter speaks. */

export interface BulkItem {
  readonly index: string
  readonly id: string
  /** The record, as it came. */
  readonly text: string
}

/** Pairs of action line and record line. Throws `SyntaxError` on anything else: the sender speaks another dialect. */
export function parseBulk(body: string): readonly BulkItem[] {
  const lines = body.split('\n')
  if (lines.at(-1) === '') lines.pop()
  if (lines.length % 2 !== 0) throw new SyntaxError('bulk: odd number of lines')
  const items: BulkItem[] = []
  for (let at = 0; at < lines.length; at += 2) {
    const action = JSON.parse(lines[at] ?? '') as {
      readonly index?: { readonly _index?: string; readonly _id?: string }
    }
    if (action.index === undefined) throw new SyntaxError('bulk: only the action "index" is understood')
    items.push({ index: action.index._index ?? '', id: action.index._id ?? '', text: lines[at + 1] ?? '' })
  }
  return items
}

/** The answer that makes the exporter move its position on. */
export const bulkAnswer = (items: readonly BulkItem[], tookMs: number): object => ({
  took: tookMs,
  errors: false,
  items: items.map(({ index, id }) => ({ index: { _index: index, _id: id, status: 201 } })),
})

/** Any other answer than this shape with 2xx makes the exporter send the whole bulk again, after a while that grows. */
export const errorAnswer = (status: number, type: string, reason: string): object => ({
  error: { root_cause: [{ type, reason }], type, reason },
  status,
})
