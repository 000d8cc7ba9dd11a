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
    if (running === null) return begin()
    next ??= running
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
