import type { Clock } from '#kernel/clock.ts'
import { plainDateOf } from '#kernel/plain-date.ts'
import { SYSTEM } from '#audit/events.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { readFile, type FileView } from '#intake/files.ts'
import { openIntake, type Intake } from '#intake/intake.ts'
import { FILE_LOADERS } from '#intake/loaders.ts'
import { loadProfiles, type Profiles } from '#intake/profiles.ts'
import { openFileStore, type FileStore } from '#runtime/file-store.ts'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { cloneDatabase } from './database.ts'
import { temporaryFolder } from './temporary.ts'

/** A clock that stands where a test puts it. */
export interface SetClock extends Clock {
  set(instant: string): void
}
export function clockAt(instant: string): SetClock {
  let now = instant
  return {
    now: () => now,
    today: () => plainDateOf(new Date(Date.parse(now) + 9 * 3_600_000).toISOString().slice(0, 10)),
    set: (next) => {
      now = next
    },
  }
}

/** An empty office of one test file: database, file store, intake. */
export interface TestOffice {
  readonly db: Database
  readonly store: FileStore
  readonly clock: SetClock
  readonly intake: Intake
  readonly profiles: Profiles
  readonly folder: string
  readonly appUrl: string
  readonly readUrl: string
  readonly ownerUrl: string
  /** Texts the intake has logged. */
  readonly logged: readonly string[]
  /** Takes a file in and waits for its end. */
  load(kind: string, text: string | Buffer): Promise<FileView>
  close(): Promise<void>
}

export async function openTestOffice(now = '2026-08-14T00:00:00.000Z'): Promise<TestOffice> {
  const base = await cloneDatabase()
  const folder = temporaryFolder()
  const db = openDatabase(base.appUrl)
  const store = openFileStore(join(folder, 'files'))
  const clock = clockAt(now)
  const profiles = loadProfiles()
  const logged: string[] = []
  const intake = openIntake({ db, store, clock, profiles, loaders: FILE_LOADERS, log: (line) => logged.push(line) })
  return {
    db,
    store,
    clock,
    intake,
    profiles,
    folder,
    logged,
    appUrl: base.appUrl,
    readUrl: base.readUrl,
    ownerUrl: base.ownerUrl,
    async load(kind, text) {
      const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text
      const id = await intake.receiveFile(pieces(bytes), kind, `${kind}.csv`, SYSTEM)
      await intake.processFile(id)
      return readFile(db, id)
    },
    async close() {
      await db.close()
      await base.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Bytes in pieces that cut characters and line ends. */
async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1021) yield bytes.subarray(at, at + 1021)
}

/** CSV text of a kind from partial rows; a missing column is empty. */
export function csv(
  profiles: Profiles,
  kind: string,
  rows: readonly Readonly<Record<string, string | number>>[],
): string {
  const names = profiles.of(kind, 'in').columns.map((column) => column.name)
  for (const row of rows)
    for (const name of Object.keys(row)) if (!names.includes(name)) throw new Error(`${kind} has no column ${name}`)
  const lines = rows.map((row) => names.map((name) => String(row[name] ?? '')).join(','))
  return [names.join(','), ...lines, ''].join('\r\n')
}
