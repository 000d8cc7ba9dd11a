import { Fault } from '#kernel/faults.ts'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { identityOf, isStillAlive, type ProcessIdentity } from '../process-identity.ts'
import type { DataFolder } from './data-folder.ts'

function holder(file: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity
  } catch {
    return null
  }
}

/** The launcher that runs on this data folder, if one does. */
export function runningLauncher(folder: DataFolder): ProcessIdentity | null {
  const found = holder(folder.lock)
  return found !== null && isStillAlive(found) ? found : null
}

export interface StartLock {
  /** True when the launcher before us ended without clearing up (killed, power cut). */
  readonly wasKilled: boolean
  release(): void
}

/** One launcher at a time on a data folder. A lock whose process is gone is taken over. Fault SYS-002: it lives. */
export function takeStartLock(folder: DataFolder): StartLock {
  const mine = JSON.stringify(identityOf(process.pid))
  const part = `${folder.lock}.${process.pid}`
  writeFileSync(part, mine)
  try {
    for (let wasKilled = false; ; wasKilled = true) {
      try {
        linkSync(part, folder.lock) // appears whole, or fails because another has it
        return { wasKilled, release: () => rmSync(folder.lock, { force: true }) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const other = runningLauncher(folder)
      if (other !== null) throw new Fault('SYS-002', { pid: other.pid, folder: folder.root })
      rmSync(folder.lock, { force: true })
    }
  } finally {
    rmSync(part, { force: true })
  }
}
