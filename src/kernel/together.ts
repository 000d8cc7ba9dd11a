/**
 * One reading for all who ask at the same time. Whoever asks while a reading is under way waits for the next one, which
 * begins after they asked: nobody is given a state from before their own change.
 */
export function together<T>(read: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null
  let next: Promise<T> | null = null
  const begin = (): Promise<T> => {
    const begun = read()
    running = begun
    const end = (): void => {
      if (running === begun) running = null
    }
    begun.then(end, end)
    return begun
  }
  return () => {
    if (next !== null) return next
    if (running === null) return begin()
    next = running
      .then(
        () => undefined,
        () => undefined, // its own askers are told; those who wait for the next reading get that one
      )
      .then(() => {
        next = null
        return begin()
      })
    return next
  }
}

/**
 * The same where each asks for keys of its own: one reading answers the keys of all who asked while the last one was under way.
 * `read` is given each key once. The answer holds the keys of others, too.
 */
export function togetherMany<K, V>(
  read: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
): (keys: Iterable<K>) => Promise<ReadonlyMap<K, V>> {
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
