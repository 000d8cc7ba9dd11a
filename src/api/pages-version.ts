import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ENTRY = /<script type="module"[^>]* src="([^"]+)"/

/**
 * What the built pages begin with, by which a page that was opened before an upgrade knows that it is an old one: its name
 * changes with all it loads. Null without pages.
 */
export function pagesVersion(root: string | null): string | null {
  if (root === null) return null
  const index = join(root, 'index.html')
  return existsSync(index) ? (ENTRY.exec(readFileSync(index, 'utf8'))?.[1] ?? null) : null
}
