import type { EngineLog } from '#engine/log.ts'

/** One JSON line an entry on standard output. Texts are ours: never a name, an address or a request's content. */
export function processLog(): EngineLog & { readonly line: (text: string) => void } {
  const write =
    (level: string) =>
    (fields: Readonly<Record<string, unknown>>, message: string): void =>
      console.log(JSON.stringify({ at: new Date().toISOString(), level, message, ...fields }))
  const info = write('info')
  return { info, warn: write('warn'), error: write('error'), line: (text) => info({}, text) }
}
