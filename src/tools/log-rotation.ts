import { copyFileSync, existsSync, renameSync, statSync, truncateSync } from 'node:fs'

const LIMIT_BYTES = 8_000_000
/** Older parts that are kept: `.1` is the newest. */
const KEPT = 5
const LOOK_EVERY_MS = 15_000

/**
 * Turns a log over when it is larger than the limit: `api.log` becomes `api.log.1`, at most five of these stay. Copied and
 * emptied, not renamed: whoever writes holds the file open for appending. A line written in between may be lost.
 */
export function rotateLog(file: string, limitBytes = LIMIT_BYTES): boolean {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= limitBytes) return false
  for (let number = KEPT - 1; number > 0; number--)
    if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`)
  copyFileSync(file, `${file}.1`)
  truncateSync(file)
  return true
}

/** Looks at the logs until `stop`, those that come later too. */
export function keepRotating(files: () => readonly string[], onError: (error: unknown) => void): { stop(): void } {
  const look = (): void => {
    try {
      for (const file of files()) rotateLog(file)
    } catch (error) {
      onError(error)
    }
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  return { stop: () => clearInterval(timer) }
}
