import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { DataFolder } from '../launch/data-folder.ts'

/** What of a data folder is the office's and no database. Engine, logs, tokens and addresses are made anew. */
const KEPT = ['mode.json', 'clock.json', 'postgres.secrets.json', 'profiles', 'files', 'sample'] as const

/** Paths of the office's files, relative to the data folder with `/`. Files in the making (`*.part`) are left out. */
export async function officeFiles({ root }: DataFolder): Promise<string[]> {
  const found: string[] = []
  for (const name of KEPT) {
    const path = join(root, name)
    if (!existsSync(path)) continue
    if ((await stat(path)).isFile()) found.push(name)
    else
      for (const entry of await readdir(path, { recursive: true, withFileTypes: true }))
        if (entry.isFile() && !entry.name.endsWith('.part'))
          found.push(relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
  }
  return found.toSorted()
}
