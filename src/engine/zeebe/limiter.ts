/** How many commands may be on their way: halved when the engine pushes back, grown slowly while it does not. */
export interface Limiter {
  enter(): Promise<void>
  leave(): void
  pushedBack(): void
  succeeded(): void
  readonly limit: number
}

/** About 100 commands in flight is the most that a broker answers in time; we stay below. */
const MOST = 64

export function limiter(most = MOST): Limiter {
  let limit = most
  let inFlight = 0
  const waiting: (() => void)[] = []
  const admit = (): void => {
    while (waiting.length > 0 && inFlight < Math.floor(limit)) {
      inFlight++
      waiting.shift()?.()
    }
  }
  return {
    enter: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        admit()
      }),
    leave() {
      inFlight--
      admit()
    },
    pushedBack() {
      limit = Math.max(1, limit / 2)
    },
    succeeded() {
      limit = Math.min(most, limit + 1 / limit)
      admit()
    },
    get limit() {
      return Math.floor(limit)
    },
  }
}
