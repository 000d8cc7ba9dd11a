import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where fetched programs (Zeebe, a JRE) are kept for all checkouts of this user: KOKI_CACHE, else the user's cache folder. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment['XDG_CACHE_HOME'] ?? environment['LOCALAPPDATA'] ?? join(homedir(), '.cache')
  return environment['KOKI_CACHE'] ?? join(base, 'koki-flow')
}
