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
 * The same where each asks for a key of its own: one reading answers the keys of all who asked while the last one was under way.
 * `read` is given each key once; what it leaves out is undefined to its asker.
 */
export function togetherBy<K, V>(
  read: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
): (key: K) => Promise<V | undefined> {
  let asked = new Set<K>()
  const readAsked = together(() => {
    const keys = [...asked]
    asked = new Set()
    return read(keys)
  })
  return async (key) => {
    asked.add(key)
    return (await readAsked()).get(key)
  }
}
