/** Wakes one who rests. */
export interface Bell {
  /** Wakes one; when nobody rests, the next who lies down gets up at once: no ring is lost. */
  ring(): void
  /** Wakes all, now and from now on. */
  ringForEver(): void
  /** Until the bell rings for this one, at most `ms`. */
  rest(ms: number): Promise<void>
}

/** A bell for several who do the same work: one piece of it wakes one of them, not all. */
export function hangBell(): Bell {
  const resting = new Set<() => void>()
  let isUnheard = false
  let isForEver = false
  return {
    ring() {
      const [one] = resting
      if (one) one()
      else isUnheard = true
    },
    ringForEver() {
      isForEver = true
      for (const one of resting) one()
    },
    rest(ms) {
      if (isForEver || isUnheard) {
        isUnheard = false
        return Promise.resolve()
      }
      return new Promise((resolve) => {
        const getUp = (): void => {
          clearTimeout(timer)
          resting.delete(getUp)
          resolve()
        }
        const timer = setTimeout(getUp, ms)
        resting.add(getUp)
      })
    },
  }
}
