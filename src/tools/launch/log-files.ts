import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DataFolder } from './data-folder.ts'

/** 記録 (ログ) of one part. */
export interface LogFile {
  /** What `koki logs` calls it. */
  readonly name: string
  readonly title: string
  readonly path: string
}

const TITLES: Readonly<Record<string, string>> = { launcher: '起動と見守り', api: '画面とAPI', workers: '処理の担い手' }

/** Logs that are there: ours below `logs/`, PostgreSQL's and the engine's beside their data. */
export function logFiles(folder: DataFolder): readonly LogFile[] {
  const own = Object.entries(TITLES).map(([name, title]) => ({ name, title, path: join(folder.logs, `${name}.log`) }))
  const engines = existsSync(folder.root) ? readdirSync(folder.root).filter((name) => name.startsWith('zeebe-')) : []
  return [
    ...own,
    { name: 'postgres', title: 'PostgreSQL', path: `${folder.postgres}.log` },
    ...engines.map((name) => ({ name, title: 'Zeebe', path: join(folder.root, name, 'broker.log') })),
  ].filter(({ path }) => existsSync(path))
}

export const launcherLog = (folder: DataFolder): string => join(folder.logs, 'launcher.log')
