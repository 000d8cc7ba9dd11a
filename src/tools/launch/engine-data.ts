import type { Clock } from '#kernel/clock.ts'
import type { Database } from '#db/database.ts'
import { isExchanged } from '#engine/alarms.ts'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beginRebuild, type Begun } from '../rebuild/begin.ts'
import { endOrphanedZeebe } from '../zeebe.ts'

/** Which epoch of which database an engine's data belong to. */
interface Mark {
  readonly epoch: number
  readonly startedAt: string
}

/**
 * Before the engine is started: makes sure that its data are the ones that the database knows. A folder that is empty, of
 * another database or of an older epoch (a lost disk, another engine version and back), and data that were declared
 * exchanged (a restored database) are thrown away: PostgreSQL knows where every run stands. Answers what goes on in the
 * new epoch, or null when the data are the known ones or the database has never used an engine.
 */
export async function prepareEngineData(db: Database, clock: Clock, dataDir: string): Promise<Begun | null> {
  const inForce = await markOf(db)
  const mustGo = await isExchanged(db)
  if (!mustGo && isSame(readMark(dataDir), inForce)) return null
  await endOrphanedZeebe(dataDir)
  rmSync(markFile(dataDir), { force: true })
  rmSync(join(dataDir, 'data'), { recursive: true, force: true })
  const wasUsed = mustGo || (await isUsed(db, inForce.epoch))
  const begun = wasUsed ? await beginRebuild(db, clock, 'エンジンのデータが新しい') : null
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  writeFileSync(markFile(dataDir), `${JSON.stringify(await markOf(db))}\n`)
  return begun
}

const markFile = (dataDir: string): string => join(dataDir, 'koki-epoch.json')

function readMark(dataDir: string): Mark | null {
  try {
    return JSON.parse(readFileSync(markFile(dataDir), 'utf8')) as Mark // our own file; another shape is another mark
  } catch {
    return null // none, or written half: then the data are made anew
  }
}

const isSame = (mark: Mark | null, wanted: Mark): boolean =>
  mark !== null && mark.epoch === wanted.epoch && mark.startedAt === wanted.startedAt

const markOf = (db: Database): Promise<Mark> =>
  db.one<Mark>(`select epoch, started_at as "startedAt" from engine_epochs order by epoch desc limit 1`)

async function isUsed(db: Database, epoch: number): Promise<boolean> {
  const { yes } = await db.one<{ yes: boolean }>(
    `select exists (select from engine_positions where epoch = $1) or exists (select from models where epoch = $1)
       or exists (select from runs where epoch = $1) as yes`,
    [epoch],
  )
  return yes
}
