import { useState, type ReactNode } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Pager } from './pager.tsx'
import { ProblemNote } from './problem-note.tsx'

interface Lines<T> {
  readonly lines: readonly T[]
  /** What went wrong, and the way to the other pages; nothing when one page is all. */
  readonly foot: ReactNode
}

/** Lines of which a record brings the first page; the others are read when asked for. A reading may be an event: none on its own. */
export function useLines<T>(of: {
  /** What the lines are: 「この人を見た人」. */
  readonly name: string
  readonly key: readonly string[]
  readonly first: readonly T[]
  readonly total: number
  readonly read: (page: {
    readonly limit: number
    readonly offset: number
  }) => Promise<{ readonly items: readonly T[] }>
}): Lines<T> {
  const { name, key, first, total, read } = of
  const [page, setPage] = useState(1)
  const size = first.length
  const older = useQuery({
    queryKey: [...key, page],
    queryFn: () => read({ limit: size, offset: (page - 1) * size }),
    enabled: page > 1,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const lines = page === 1 ? first : (older.data?.items ?? [])
  const foot = total > size && (
    <>
      {older.error && <ProblemNote error={older.error} />}
      <p>
        <Pager name={name} page={page} size={size} shown={lines.length} total={total} onPage={setPage} />
      </p>
    </>
  )
  return { lines, foot }
}
