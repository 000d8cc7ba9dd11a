import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Database, Sql } from '#db/database.ts'

const EVERY_MS = 5_000
/** After this long without a sign a process is taken for dead. */
const DEAD_AFTER_MS = 20_000
/** Rows of dead processes are kept this long, so that somebody sees that one is missing. */
const FORGET_AFTER_MS = 3_600_000

export type ProcessName = 'koki-api' | 'koki-workers'

/** 生きている印 of one of our processes. Times by the machine. */
export interface ProcessSign {
  readonly name: ProcessName
  readonly machine: string
  readonly pid: number
  readonly version: string
  readonly startedAt: string
  /** Milliseconds since its last sign. */
  readonly silentMs: number
  readonly isAlive: boolean
}

/** Says every five seconds that this process lives, until `stop`, which takes its row away. */
export function startBeat(
  db: Database,
  { name, version }: { readonly name: ProcessName; readonly version: string },
  everyMs = EVERY_MS,
): { stop(): Promise<void> } {
  const id = randomUUID()
  const startedAt = new Date().toISOString()
  const beat = async (): Promise<void> => {
    const now = Date.now()
    await db.run(
      `insert into process_beats (id, name, machine, pid, version, started_at, seen_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do update set seen_at = excluded.seen_at`,
      [id, name, hostname(), process.pid, version, startedAt, new Date(now).toISOString()],
    )
    await db.run(`delete from process_beats where seen_at < $1`, [new Date(now - FORGET_AFTER_MS).toISOString()])
  }
  let turn: Promise<void> = Promise.resolve()
  const beatInTurn = (): void => {
    turn = turn.then(beat).catch(() => undefined) // the database is away: the next one tells
  }
  beatInTurn()
  const timer = setInterval(beatInTurn, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      await turn
      await db.run(`delete from process_beats where id = $1`, [id]).catch(() => 0)
    },
  }
}

/** Who lives and who has fallen silent, by name and start. */
export async function processSigns(sql: Sql, now = Date.now()): Promise<ProcessSign[]> {
  const rows = await sql.rows<Omit<ProcessSign, 'silentMs' | 'isAlive'> & { readonly seenAt: string }>(
    `select name, machine, pid, version, started_at as "startedAt", seen_at as "seenAt" from process_beats
     order by name, started_at, id`,
  )
  return rows.map(({ seenAt, ...sign }) => {
    const silentMs = Math.max(0, now - Date.parse(seenAt))
    return { ...sign, silentMs, isAlive: silentMs < DEAD_AFTER_MS }
  })
}
