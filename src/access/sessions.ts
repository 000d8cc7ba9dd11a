import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'
import { hashOfSecret, newSecret } from './secrets.ts'
import { userBehind, type CurrentUser, type UserRow } from './users.ts'

/**
 * Sessions run on the machine's clock, not on the office's: moving the sample day forward must log nobody out, and
 * must not keep a stolen cookie alive.
 */
export type MachineNow = () => Date

const IDLE_MS = 30 * 60_000
const LONGEST_MS = 12 * 3_600_000
const SEEN_EVERY_MS = 60_000

/** What the browser gets; the database keeps only the hash of `id`. */
export interface NewSession {
  readonly id: string
  readonly csrf: string
  readonly expiresAt: string
}

export interface OpenSession {
  readonly user: CurrentUser
  readonly csrf: string
  readonly expiresAt: string
  /** First letters of the hash: enough to tell sessions apart in the journal, useless to log in with. */
  readonly label: string
}

const labelOf = (hash: string): string => hash.slice(0, 12)
export const sessionLabel = (id: string): string => labelOf(hashOfSecret(id))

/** Opens a session; the one that the browser held before ends with it (rotation). */
export async function openSession(
  sql: Sql,
  now: MachineNow,
  request: { readonly userId: bigint; readonly terminal: string; readonly former: string | null },
): Promise<NewSession> {
  if (request.former !== null) await endSession(sql, now, request.former)
  const id = newSecret()
  const csrf = newSecret()
  const at = now()
  const expiresAt = new Date(at.getTime() + LONGEST_MS).toISOString()
  await sql.run(
    `insert into sessions (id_hash, user_id, csrf, terminal, created_at, seen_at, expires_at) values ($1, $2, $3, $4, $5, $5, $6)`,
    [hashOfSecret(id), request.userId, csrf, request.terminal, at.toISOString(), expiresAt],
  )
  return { id, csrf, expiresAt }
}

/**
 * Sessions with their users and the roles in force on `day`, by the hash of their id. Left out: unknown, ended, idle too long.
 */
export async function findSessions(
  sql: Sql,
  now: MachineNow,
  hashes: readonly string[],
  day: PlainDate,
): Promise<ReadonlyMap<string, OpenSession>> {
  const at = now()
  const found = await sql.rows<UserRow & Door>(BEHIND_SESSIONS, [
    hashes,
    day,
    at.toISOString(),
    new Date(at.getTime() - IDLE_MS).toISOString(),
  ])
  const unseen = found.filter(({ seenAt }) => at.getTime() - Date.parse(seenAt) > SEEN_EVERY_MS)
  if (unseen.length > 0)
    await sql.run(`update sessions set seen_at = $2 where id_hash = any($1::text[])`, [
      unseen.map(({ hash }) => hash),
      at.toISOString(),
    ])
  return new Map(
    found.map(({ hash, csrf, expiresAt, userId, staffId, login, name, roles, terminal }) => [
      hash,
      { user: { userId, staffId, login, name, roles, terminal }, csrf, expiresAt, label: labelOf(hash) },
    ]),
  )
}

interface Door {
  readonly hash: string
  readonly csrf: string
  readonly terminal: string
  readonly seenAt: string
  readonly expiresAt: string
}
const BEHIND_SESSIONS = userBehind(
  'sessions',
  ['d.id_hash as hash', 'd.csrf', 'd.terminal', 'd.seen_at as "seenAt"', 'd.expires_at as "expiresAt"'],
  'd.id_hash = any($1::text[]) and d.ended_at is null and d.expires_at > $3 and d.seen_at > $4',
)

export const endSession = (sql: Sql, now: MachineNow, id: string): Promise<number> =>
  sql.run(`update sessions set ended_at = $2 where id_hash = $1 and ended_at is null`, [
    hashOfSecret(id),
    now().toISOString(),
  ])

/** Ends every session and every program's token of a login. `at`: an instant; what counts is that it is set. */
export async function endOpenSessions(sql: Sql, userId: bigint, at: string): Promise<void> {
  await sql.run(`update sessions set ended_at = $2 where user_id = $1 and ended_at is null`, [userId, at])
  await sql.run(`update api_tokens set revoked_at = $2 where user_id = $1 and revoked_at is null`, [userId, at])
}

/** Whether a session still lasts; looking does not prolong it. */
export async function isSessionOpen(sql: Sql, now: MachineNow, id: string): Promise<boolean> {
  const at = now()
  const { yes } = await sql.one<{ yes: boolean }>(
    `select exists (select from sessions where id_hash = $1 and ended_at is null and expires_at > $2 and seen_at > $3) as yes`,
    [hashOfSecret(id), at.toISOString(), new Date(at.getTime() - IDLE_MS).toISOString()],
  )
  return yes
}
