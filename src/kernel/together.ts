/**
 * One reading for all who ask at the same time: in one moment, or while another reading is under way. A reading begins after
 * each of its askers has asked: nobody is given a state from before their own change.
 */
export function together<T>(read: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  let next: Promise<T> | null = null
  const begin = (): Promise<T> => {
    next = null
    const begun = read()
    // its own askers are told of a failure; whoever waits for the next reading gets that one
    last = begun.catch(() => undefined)
    return begun
  }
  return () => (next ??= last.then(begin))
}

/**
 * The same where each asks for keys of its own: one reading answers the keys of all who asked. `read` is given each key once. The
 * answer holds what was asked by others, too.
 */
export function togetherMany<K, A>(read: (keys: readonly K[]) => Promise<A>): (keys: Iterable<K>) => Promise<A> {
  let asked = new Set<K>()
  const readAsked = together(() => {
    const keys = [...asked]
    asked = new Set()
    return read(keys)
  })
  return (keys) => {
    for (const key of keys) asked.add(key)
    return readAsked()
  }
}

/** The same where each asks for one key; what `read` leaves out is undefined to its asker. */
export function togetherBy<K, V>(
  read: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
): (key: K) => Promise<V | undefined> {
  const ask = togetherMany(read)
  return async (key) => (await ask([key])).get(key)
}
