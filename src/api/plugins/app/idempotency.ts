import { createHash } from 'node:crypto'
import { Fault } from '#kernel/faults.ts'
import { canonicalJson } from '#audit/canonical-json.ts'
import type { Database, Sql } from '#db/database.ts'
import { databaseOn } from '../../database-on.ts'
import type { ApiDeps } from '../../deps.ts'

/** A request that may come twice. `content` tells whether it is the same one. */
export interface KeyedRequest {
  readonly userId: bigint
  readonly key: string
  readonly route: string
  readonly content: unknown
}

export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly isReplay: boolean
}

const STALE_MS = 60_000
const hashOf = ({ route, content }: KeyedRequest): string =>
  createHash('sha256')
    .update(`${route}\n${canonicalJson(content)}`)
    .digest('hex')

/**
 * Key, work and answer in one transaction: whatever is killed when, the work is done once. A second request waits for
 * the first and gets its answer. Throws RUN-006 when the key was used for something else.
 */
export function onceExactly(
  deps: ApiDeps,
  request: KeyedRequest,
  status: number,
  work: (db: Database) => Promise<unknown>,
): Promise<Answer> {
  return deps.db.tx(async (tx) => {
    if (!(await reserve(tx, deps, request))) return replayOf(await storedOf(tx, request))
    const body = await work(databaseOn(tx))
    await keep(tx, request, status, body)
    return { status, body, isReplay: false }
  })
}

/**
 * Keeps the answer of work that has transactions of its own. A failed request may be sent again with the same key; one
 * that died half-way may be taken up after a minute: the state it works on refuses to do it twice.
 */
export async function once(
  deps: ApiDeps,
  request: KeyedRequest,
  status: number,
  work: () => Promise<unknown>,
): Promise<Answer> {
  if (!(await reserve(deps.db, deps, request))) {
    const stored = await storedOf(deps.db, request)
    if (stored.response !== null || !(await takeOver(deps, request))) return replayOf(stored)
  }
  try {
    const body = await work()
    await keep(deps.db, request, status, body)
    return { status, body, isReplay: false }
  } catch (error) {
    await deps.db.run(`delete from idempotency_keys where user_id = $1 and key = $2`, [request.userId, request.key])
    throw error
  }
}

const reserve = async (sql: Sql, deps: ApiDeps, request: KeyedRequest): Promise<boolean> =>
  (await sql.run(
    `insert into idempotency_keys (user_id, key, request_hash, created_at) values ($1, $2, $3, $4) on conflict do nothing`,
    [request.userId, request.key, hashOf(request), deps.machineNow().toISOString()],
  )) === 1

interface Stored {
  readonly hash: string
  readonly status: number | null
  readonly response: string | null
}

async function storedOf(sql: Sql, request: KeyedRequest): Promise<Stored> {
  const stored = await sql.maybe<Stored>(
    `select request_hash as hash, status, response from idempotency_keys where user_id = $1 and key = $2`,
    [request.userId, request.key],
  )
  if (stored === null) throw new Fault('REQ-006') // the first attempt has just failed: try again
  if (stored.hash !== hashOf(request)) throw new Fault('RUN-006')
  return stored
}

function replayOf({ status, response }: Stored): Answer {
  if (status === null || response === null) throw new Fault('REQ-006')
  return { status, body: JSON.parse(response) as unknown, isReplay: true }
}

const takeOver = async (deps: ApiDeps, { userId, key }: KeyedRequest): Promise<boolean> => {
  const now = deps.machineNow()
  const taken = await deps.db.run(
    `update idempotency_keys set created_at = $3 where user_id = $1 and key = $2 and response is null and created_at < $4`,
    [userId, key, now.toISOString(), new Date(now.getTime() - STALE_MS).toISOString()],
  )
  return taken === 1
}

const keep = (sql: Sql, { userId, key }: KeyedRequest, status: number, body: unknown): Promise<number> =>
  sql.run(`update idempotency_keys set status = $3, response = $4 where user_id = $1 and key = $2`, [
    userId,
    key,
    status,
    JSON.stringify(body),
  ])
