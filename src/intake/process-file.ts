import { stat } from 'node:fs/promises'
import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import { SYSTEM } from '#audit/events.ts'
import { isDatabaseAway } from '#db/away.ts'
import type { Tx } from '#db/database.ts'
import { notifyChange } from '#db/notify-change.ts'
import type { IntakeContext } from './intake.ts'
import type { FileLoader, LoadedFile } from './loader.ts'
import { profileInForce } from './own-profiles.ts'
import { profileHash } from './profiles.ts'
import type { Profile } from './profile.ts'
import { checkStage, keepErrors, stageLines } from './stage.ts'

interface FileRow {
  readonly id: string
  readonly kind: string
  readonly sha256: string
  readonly state: string
  readonly received_by: bigint | null
  readonly profile_version_id: bigint | null
}

/**
 * Reads one file into the books: everything of it in one transaction, or nothing. Files are read one after another, so
 * that two with equal bytes cannot both win and loaders need not think of each other. A killed reader leaves the file as
 * `reading`; `resume` reads it again.
 */
export async function readIntoBooks(context: IntakeContext, fileId: string): Promise<void> {
  const { db, clock } = context
  await db.run(`update files set state = 'reading' where id = $1 and state = 'received'`, [fileId])
  try {
    await db.tx(async (tx) => {
      const file = await lockFile(tx, fileId)
      if (file === null) return
      await load(context, tx, file)
    })
  } catch (error) {
    if (isPassing(error)) throw error
    if (!(error instanceof Fault)) context.log(`file ${fileId}: ${describe(error)}`, { level: 'error' })
    const fault = error instanceof Fault ? error : new Fault('FILE-009', {}, { cause: error })
    await db.tx(async (tx) => {
      const file = await lockFile(tx, fileId)
      if (file === null) return
      await finish(context, tx, file, clock.now(), { lines: 0, accepted: 0, rejected: 0, yen: null, refusal: fault })
    })
  }
}

/** The file when it is still to be read, under the lock that makes readers take turns. */
async function lockFile(tx: Tx, fileId: string): Promise<FileRow | null> {
  await tx.run(`set local lock_timeout = 0`)
  await tx.run(`select pg_advisory_xact_lock(hashtextextended('koki file intake', 0))`)
  return tx.maybe<FileRow>(
    `select id, kind, sha256, state, received_by, profile_version_id from files where id = $1 and state = 'reading' for update`,
    [fileId],
  )
}

/** From here on a file changes what the planner must expect. */
const MANY_LINES = 500

async function load(context: IntakeContext, tx: Tx, file: FileRow): Promise<void> {
  const { clock, store } = context
  await refuseDuplicate(tx, file)
  const profile = await profileOf(context, tx, file)
  const loader = loaderOf(context.loaders, file.kind)
  if ((await stat(store.pathOf(file.sha256)).catch(() => null)) === null) throw new Fault('FILE-008')
  const at = clock.now()
  const lines = await stageLines(tx, store.read(file.sha256), profile, loader)
  await checkStage(tx, profile, loader)
  const rejected = await keepErrors(tx, file.id)
  const refusal = refusalOf(profile, lines, rejected)
  if (refusal !== null) {
    await finish(context, tx, file, at, { lines, accepted: 0, rejected, yen: null, refusal })
    return
  }
  if (rejected > 0) await tx.run(`delete from stage where errors is not null`)
  const yen = loader.controlYen === undefined ? null : await controlSum(tx, loader.controlYen)
  const loaded: LoadedFile = {
    id: file.id,
    kind: file.kind,
    at,
    today: clock.today(),
    actorUserId: file.received_by,
  }
  await loader.apply(tx, loaded)
  if (lines >= MANY_LINES) await tx.run(`analyze ${loader.fills.join(', ')}`)
  await finish(context, tx, file, at, { lines, accepted: lines - rejected, rejected, yen, refusal: null })
}

/** By which layout it is read: what held when it was received, whenever that is. */
const profileOf = async ({ profiles }: IntakeContext, tx: Tx, file: FileRow): Promise<Profile> =>
  (await profileInForce(tx, profiles, file.kind, 'in', file.profile_version_id)).profile

/** 二重の受入れ: a file is a duplicate of an *accepted* one of its kind with equal bytes; a refused one may come again. */
async function refuseDuplicate(tx: Tx, file: FileRow): Promise<void> {
  const former = await tx.maybe<{ name: string; at: string }>(
    `select name, to_char(finished_at at time zone 'Asia/Tokyo', 'YYYY-MM-DD HH24:MI') as at from files
     where direction = 'in' and state = 'accepted' and kind = $1 and sha256 = $2`,
    [file.kind, file.sha256],
  )
  if (former !== null) throw new Fault('FC01', { name: former.name, at: former.at })
}

function loaderOf(loaders: readonly FileLoader[], kind: string): FileLoader {
  const loader = loaders.find((one) => one.kind === kind)
  if (loader === undefined) throw new Fault('FILE-001', { kind, kinds: loaders.map((one) => one.kind).join('、') })
  return loader
}

function refusalOf(profile: Profile, lines: number, rejected: number): Fault | null {
  if (rejected === 0) return null
  if (profile.onBadLine === 'refuseFile') return new Fault('FILE-006', { rejected })
  return rejected === lines ? new Fault('FILE-005', { rejected }) : null
}

const controlSum = async (tx: Tx, yen: string): Promise<string> =>
  (await tx.one<{ yen: string }>(`select coalesce(sum(${yen}), 0)::numeric as yen from stage`)).yen

interface Ending {
  readonly lines: number
  readonly accepted: number
  readonly rejected: number
  readonly yen: string | null
  readonly refusal: Fault | null
}

async function finish(context: IntakeContext, tx: Tx, file: FileRow, at: string, ending: Ending): Promise<void> {
  const { refusal } = ending
  const state = refusal === null ? 'accepted' : 'refused'
  const profile = await profileOf(context, tx, file)
  await tx.run(
    `update files set state = $2, finished_at = $3, line_count = $4, accepted_count = $5, rejected_count = $6,
       accepted_yen = $7, refusal_code = $8, refusal_message = $9, profile_sha256 = $10 where id = $1`,
    [
      file.id,
      state,
      at,
      ending.lines,
      ending.accepted,
      ending.rejected,
      ending.yen,
      refusal?.code ?? null,
      refusal?.message ?? null,
      profileHash(profile),
    ],
  )
  await tellChange(tx, file.id)
  const subjects = [{ kind: 'file', id: file.id }] as const
  await appendEvent(
    tx,
    refusal === null
      ? {
          at,
          actor: SYSTEM,
          kind: 'file-accepted',
          subjects,
          payload: { fileKind: file.kind, accepted: ending.accepted, rejected: ending.rejected },
        }
      : { at, actor: SYSTEM, kind: 'file-refused', subjects, payload: { fileKind: file.kind, code: refusal.code } },
  )
}

/** Open screens read the file again once this transaction has ended. */
export const tellChange = (tx: Tx, fileId: string): Promise<void> => notifyChange(tx, { kind: 'file', fileId })

/** SQLSTATE classes that say "the server is full or was busy", not "the file is bad". */
const PASSING = /^(40|53|55P03|57P0)/

export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return isDatabaseAway(error) || PASSING.test(code)
}

/** Name and code only: messages of the database quote values. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure'
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name
}
