/** Looks again soon at first, then less often: who asks 40 times a second takes half a core from those it waits for. */
const FIRST_PAUSE_MS = 25
const LONGEST_PAUSE_MS = 200

/**
 * Waits until `look` gives something other than null, undefined or false, and answers it. Throws after `withinMs`, with
 * what was waited for. The only way a test waits.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  withinMs = 20_000,
): Promise<T> {
  const startedAt = performance.now()
  for (;;) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found
    const waited = performance.now() - startedAt
    if (waited > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`)
    await new Promise((wake) => setTimeout(wake, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS + waited / 10)))
  }
}
