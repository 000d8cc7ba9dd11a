/**
 * Waits until `look` gives something other than null, undefined or false, and answers it. Throws after `withinMs`, with
 * what was waited for. The only way a test waits.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  withinMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`)
    await new Promise((wake) => setTimeout(wake, 25))
  }
}
