import { Fault } from '#kernel/faults.ts'
import type { Clock } from '#kernel/clock.ts'
import { inJapan } from '#kernel/japan-time.ts'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

const RECHECK_MS = 200

/** What `clock.json` holds. The clock flows: only its distance from the machine's time is stored. */
interface ClockFile {
  readonly offsetMs: number
  /** The KOKI_NOW it was last set by; a restart under the same value changes nothing. */
  readonly setBy?: string
}

/** Our clock as a process sees it. */
export interface SystemClock extends Clock {
  /** Milliseconds by which it is ahead of the machine's time (negative: behind). The engine runs on the same. */
  offsetMs(): number
}

const readClockFile = (file: string): ClockFile | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ClockFile
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** The machine's clock, moved by `clock.json` when a file is named. A change of the file is seen within 0.2 s. */
export function openClock(clockFile: string | null): SystemClock {
  let offset = 0
  let checkedAt = -Infinity
  const offsetMs = (): number => {
    if (clockFile === null || performance.now() - checkedAt < RECHECK_MS) return offset
    checkedAt = performance.now()
    return (offset = readClockFile(clockFile)?.offsetMs ?? 0)
  }
  const milliseconds = (): number => Date.now() + offsetMs()
  return {
    offsetMs,
    now: () => new Date(milliseconds()).toISOString(),
    today: () => inJapan(milliseconds()).day,
  }
}

/** `2026-11-13` (9 o'clock in Japan) or a full ISO instant, as milliseconds. Fault SYS-014 on anything else. */
export function parseInstant(text: string, variable = 'KOKI_NOW'): number {
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T09:00:00+09:00` : text
  const at = Date.parse(full)
  if (!/^\d{4}-\d{2}-\d{2}T/.test(full) || Number.isNaN(at))
    throw new Fault('SYS-014', {
      variable,
      value: text,
      wanted: '2026-11-13 か 2026-11-13T09:00:00+09:00 の形にしてください',
    })
  return at
}

/**
 * Moves the clock of the data folder to an instant, forward only (Fault SYS-012). Every process follows within 0.2 s,
 * the engine when the launcher has seen it. Telling the audit journal is the caller's task.
 */
export function moveClock(clockFile: string, wanted: string, setBy?: string): void {
  const at = parseInstant(wanted)
  const before = readClockFile(clockFile)
  const now = Date.now() + (before?.offsetMs ?? 0)
  if (before !== null && at < now) throw new Fault('SYS-012', { now: inJapan(now).day, wanted })
  const by = setBy ?? before?.setBy
  writeClockFile(clockFile, { offsetMs: at - Date.now(), ...(by === undefined ? {} : { setBy: by }) })
}

/** Sets the clock once by KOKI_NOW: the first time, and again when the variable has changed (then forward only). */
export function startClockAt(clockFile: string, kokiNow: string): void {
  if (readClockFile(clockFile)?.setBy !== kokiNow) moveClock(clockFile, kokiNow, kokiNow)
}

function writeClockFile(file: string, content: ClockFile): void {
  const part = `${file}.${process.pid}`
  writeFileSync(part, `${JSON.stringify(content)}\n`)
  renameSync(part, file)
}
