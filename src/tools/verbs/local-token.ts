import type { Clock } from '#kernel/clock.ts'
import { issueToken } from '#access/tokens.ts'
import { SYSTEM } from '#audit/events.ts'
import type { Database } from '#db/database.ts'
import { readSecrets, writePrivate } from '../secrets.ts'
import { join } from 'node:path'
import type { DataFolder } from '../launch/data-folder.ts'

const TTL_MS = 8 * 3_600_000
const MARGIN_MS = 60_000

/**
 * The token that the local command line works with as a login: issued once a working day (an audit event), kept in the
 * data folder in a file that only its owner may read.
 */
export async function localToken(
  deps: { readonly folder: DataFolder; readonly db: Database; readonly clock: Clock },
  login: string,
): Promise<string> {
  const file = join(deps.folder.root, `token-${login.replaceAll(/[^\w-]/g, '_')}.json`)
  const stored = readSecrets(file, ['token', 'expiresAt'])
  if (stored !== null && Date.parse(stored.expiresAt) > Date.now() + MARGIN_MS) return stored.token
  const issued = await issueToken(
    { ...deps, machineNow: () => new Date() },
    { login, ttlMs: TTL_MS, actor: { ...SYSTEM, terminal: 'koki' } },
  )
  writePrivate(file, JSON.stringify(issued))
  return issued.token
}
