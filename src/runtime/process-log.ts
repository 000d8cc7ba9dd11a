import { errorText, type EngineLog } from '#engine/log.ts'
import type { LogLine } from '#kernel/log-line.ts'

/** Time for the last words to reach the launcher. */
const LAST_WORDS_MS = 50

/** The log of one of our processes. */
export interface ProcessLog extends EngineLog {
  readonly line: LogLine
}

/** One JSON line an entry on standard output: time of the machine, level, process, text, and what belongs to it. */
export function processLog(name: string): ProcessLog {
  const write =
    (level: string) =>
    (fields: Readonly<Record<string, unknown>>, message: string): void =>
      console.log(JSON.stringify({ at: new Date().toISOString(), level, process: name, message, ...fields }))
  const log = { info: write('info'), warn: write('warn'), error: write('error') }
  return { ...log, line: (text, { level = 'info', ...fields } = {}) => log[level](fields, text) }
}

/** Where in our own code an error came from: file and line, no values. */
export const placeOf = (error: unknown): string =>
  (error instanceof Error ? (error.stack ?? '') : '')
    .split('\n')
    .find((line) => /^\s*at .*\/(src|workers)\//.test(line))
    ?.trim() ?? ''

/**
 * An error that nobody caught ends the process with one line of ours. Node's own report would print the error with all
 * its fields, and those of the database quote rows.
 */
export function endOnUncaught(log: EngineLog): void {
  process.on('uncaughtException', (error) => {
    log.error({ error: errorText(error), place: placeOf(error) }, 'ended by an error that nobody caught')
    setTimeout(() => process.exit(1), LAST_WORDS_MS)
  })
}
