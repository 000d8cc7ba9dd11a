import { Fault } from '#kernel/faults.ts'
import { openClock, startClockAt, type SystemClock } from '#runtime/system-clock.ts'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SAMPLE_DAY } from '../sample/first-sample.ts'
import type { DataFolder } from './data-folder.ts'

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

export interface StartSettings {
  readonly host: string
  readonly port: number
  readonly isEmbedded: boolean
}

/** Checks what the operator asked for before anything is started. Faults SYS-011, SYS-014. */
export function readStartSettings(environment: NodeJS.ProcessEnv): StartSettings {
  const external = ['DATABASE_URL', 'ZEEBE_ADDRESS'].find((variable) => environment[variable] !== undefined)
  if (environment['KOKI_NOW'] !== undefined && external !== undefined)
    throw new Fault('SYS-011', { variable: external })
  if (environment['ZEEBE_ADDRESS'] !== undefined && environment['KOKI_INGEST_TOKEN'] === undefined)
    throw new Fault('SYS-014', {
      variable: 'KOKI_INGEST_TOKEN',
      value: '空',
      wanted: 'ZEEBE_ADDRESS と一緒に、その Zeebe の書き出し先に設定した合言葉を指定してください',
    })
  const text = environment['PORT'] ?? '8080'
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new Fault('SYS-014', { variable: 'PORT', value: text, wanted: '1から65535までの番号にしてください' })
  return { host: environment['HOST'] ?? '127.0.0.1', port, isEmbedded: external === undefined }
}

/**
 * 見本かどうか: decided once, when the embedded database is created (KOKI_SAMPLE=0: an empty office), and kept in the data
 * folder. Sample data and demo users exist only with our own PostgreSQL and engine, and on a loopback address.
 */
export function isSampleFolder(
  folder: DataFolder,
  { isEmbedded, host }: StartSettings,
  isNewDatabase: boolean,
  environment: NodeJS.ProcessEnv,
): boolean {
  if (!isEmbedded) return false
  const file = join(folder.root, 'mode.json')
  if (isNewDatabase || !existsSync(file)) {
    const isSample = isNewDatabase && LOOPBACK.has(host) && environment['KOKI_SAMPLE'] !== '0'
    writeFileSync(file, `${JSON.stringify({ mode: isSample ? 'sample' : 'office' })}\n`)
  }
  const isSample = (JSON.parse(readFileSync(file, 'utf8')) as { mode: string }).mode === 'sample'
  if (isSample && !LOOPBACK.has(host))
    throw new Fault('SYS-014', { variable: 'HOST', value: host, wanted: '見本のときは 127.0.0.1 だけが使えます' })
  return isSample
}

/** The clock of this start: `clock.json` where time may be moved, else the machine's. */
export function startClock(
  folder: DataFolder,
  isEmbedded: boolean,
  isSample: boolean,
  environment: NodeJS.ProcessEnv,
): { readonly clock: SystemClock; readonly clockFile: string | null } {
  const kokiNow = environment['KOKI_NOW']
  if (kokiNow !== undefined) startClockAt(folder.clock, kokiNow)
  else if (isSample && !existsSync(folder.clock)) startClockAt(folder.clock, SAMPLE_DAY)
  const clockFile = isEmbedded && existsSync(folder.clock) ? folder.clock : null
  return { clock: openClock(clockFile), clockFile }
}
