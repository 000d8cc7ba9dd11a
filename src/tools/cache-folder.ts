import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** Programs that a bundle brought: beside the checkout, with the bundle's own mark. */
const BUNDLED = join(dirname(resolve(import.meta.dirname, '../..')), 'programs')

/**
 * Where programs (Zeebe, a JRE) are kept: KOKI_CACHE, else those of the bundle this checkout came with, else the user's cache
 * folder, where all checkouts find what one has fetched.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env, bundled = BUNDLED): string {
  const given = environment['KOKI_CACHE']
  if (given !== undefined) return given
  if (existsSync(join(bundled, 'bundle.env'))) return bundled
  const base = environment['XDG_CACHE_HOME'] ?? environment['LOCALAPPDATA'] ?? join(homedir(), '.cache')
  return join(base, 'koki-flow')
}
