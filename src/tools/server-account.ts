import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** The unix account a server runs under. `uid`/`gid` are absent when it is simply ours. */
export interface Account {
  readonly name: string
  readonly uid?: number
  readonly gid?: number
}

function lookUp(name: string): Account | null {
  try {
    const number = (flag: string): number =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
    return { name, uid: number('-u'), gid: number('-g') }
  } catch {
    return null
  }
}

/** PostgreSQL refuses to run as root: root hands it to `postgres`, else to `nobody`. No account is created. */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return { name: process.env['USER'] ?? 'ours' }
  const account = lookUp('postgres') ?? lookUp('nobody')
  if (account === null) throw new Error('neither the account postgres nor nobody exists')
  return account
}

function isPassable(folder: string, { uid, gid }: Account): boolean {
  const stat = statSync(folder)
  if (stat.uid === uid) return (stat.mode & 0o100) !== 0
  if (stat.gid === gid) return (stat.mode & 0o010) !== 0
  return (stat.mode & 0o001) !== 0
}

/** The first folder on the way to `path` (itself included when it exists) that the account cannot enter; null when all is well. */
export function firstUnreachable(account: Account, path: string): string | null {
  if (account.uid === undefined) return null
  const chain: string[] = []
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    chain.unshift(folder)
    if (folder === dirname(folder)) break
  }
  for (const folder of chain) {
    try {
      if (!isPassable(folder, account)) return folder
    } catch {
      return null // not there yet: we create the rest passable
    }
  }
  return null
}
