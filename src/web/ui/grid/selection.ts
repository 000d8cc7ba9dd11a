/** What is chosen in a list: named rows, or all that the filter shows (also rows that were never loaded). */
export type Selection = { readonly kind: 'rows'; readonly keys: ReadonlySet<string> } | { readonly kind: 'all' }

export const nothing: Selection = { kind: 'rows', keys: new Set() }

export const isChosen = (selection: Selection, key: string): boolean =>
  selection.kind === 'all' || selection.keys.has(key)

export const chosenCount = (selection: Selection, count: number): number =>
  selection.kind === 'all' ? count : selection.keys.size

/** Taking one row away from "all" begins anew with that row: a filter cannot say "all but one". */
export function toggled(selection: Selection, key: string): Selection {
  if (selection.kind === 'all') return { kind: 'rows', keys: new Set([key]) }
  const keys = new Set(selection.keys)
  if (!keys.delete(key)) keys.add(key)
  return { kind: 'rows', keys }
}

export function extended(selection: Selection, more: readonly string[]): Selection {
  if (selection.kind === 'all') return selection
  return { kind: 'rows', keys: new Set([...selection.keys, ...more]) }
}
