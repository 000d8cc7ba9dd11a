import { endOrphanedZeebe } from '#tools/zeebe.ts'
import { isAlive, isOurs, waitForEnd } from '#tools/process-look.ts'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PREFIX = 'koki-test-'

/**
 * A new folder in the system's temporary directory: reachable for the account that PostgreSQL runs under.
 * It carries the id of its maker, so that a later run can clear what a killed one left.
 */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), PREFIX))
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, 'owner.pid'), String(process.pid))
  return folder
}

/** Ends the servers and removes the folders of test runs that were killed. Looks only at folders of dead makers. */
export async function sweepTemporaryFolders(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name)
    try {
      if (isAlive(Number(readFileSync(join(folder, 'owner.pid'), 'utf8')))) continue
      await endPostgres(join(folder, 'postgres'))
      await endOrphanedZeebe(join(folder, 'zeebe'))
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // a folder in the making, or one of another user
    }
  }
}

async function endPostgres(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!isOurs(pid, ['postgres', dataDir])) return
  process.kill(pid, 'SIGINT') // fast shutdown
  await waitForEnd(pid, 10_000)
}
