import { Fault } from '#kernel/faults.ts'
import type { Clock } from '#kernel/clock.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { appendEvent } from '#audit/append.ts'
import type { Actor } from '#audit/events.ts'
import type { Database, Sql } from '#db/database.ts'
import { hashOfSecret, newSecret } from './secrets.ts'
import type { MachineNow } from './sessions.ts'
import { userBehind, userByLogin, type CurrentUser, type UserRow } from './users.ts'

const LONGEST_MS = 24 * 3_600_000

/** 「90s」「30m」「1h」 → milliseconds; null when it is no such text or longer than a day. */
export function parseTtl(text: string): number | null {
  const match = /^([1-9]\d{0,4})([smh])$/.exec(text)
  if (!match) return null
  const ms = Number(match[1]) * { s: 1_000, m: 60_000, h: 3_600_000 }[match[2] as 's' | 'm' | 'h'] // the pattern allows no other
  return ms <= LONGEST_MS ? ms : null
}

/**
 * A token for a program, in sample mode only: `Authorization: Bearer …`. Each is an audit event. Throws AUTH-003 for an
 * unknown login.
 */
export async function issueToken(
  deps: { readonly db: Database; readonly clock: Clock; readonly machineNow: MachineNow },
  request: { readonly login: string; readonly ttlMs: number; readonly actor: Actor },
): Promise<{ readonly token: string; readonly expiresAt: string }> {
  const user = await userByLogin(deps.db, request.login, deps.clock.today())
  if (user === null) throw new Fault('AUTH-003')
  const token = `koki_${newSecret()}`
  const at = deps.machineNow()
  const expiresAt = new Date(at.getTime() + request.ttlMs).toISOString()
  await deps.db.tx(async (tx) => {
    await tx.run(
      `insert into api_tokens (token_hash, user_id, issued_by, created_at, expires_at) values ($1, $2, $3, $4, $5)`,
      [hashOfSecret(token), user.userId, request.actor.name, at.toISOString(), expiresAt],
    )
    await appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'token-issued',
      actor: request.actor,
      subjects: [{ kind: 'user', id: `${user.userId}` }],
      payload: { login: user.login, expiresAt },
    })
  })
  return { token, expiresAt }
}

/** The users of tokens, by the hash of the token; left out: not in force. */
export async function findTokens(
  sql: Sql,
  now: MachineNow,
  hashes: readonly string[],
  day: PlainDate,
): Promise<ReadonlyMap<string, CurrentUser>> {
  const found = await sql.rows<UserRow & { readonly hash: string }>(BEHIND_TOKENS, [hashes, day, now().toISOString()])
  return new Map(found.map(({ hash, ...user }) => [hash, { ...user, terminal: 'API' }]))
}

const BEHIND_TOKENS = userBehind(
  'api_tokens',
  ['d.token_hash as hash'],
  'd.token_hash = any($1::text[]) and d.revoked_at is null and d.expires_at > $3',
)
