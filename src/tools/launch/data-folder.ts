import { chmodSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Paths inside the data folder (KOKI_DATA, else `.koki` of the checkout). */
export interface DataFolder {
  readonly root: string
  readonly postgres: string
  readonly zeebe: (version: string) => string
  readonly clock: string
  readonly lock: string
  /** Children of the launcher, with what tells them from later processes of the same id. */
  readonly children: string
  /** Addresses of what runs, for the command line; mode 0600. */
  readonly running: string
  readonly logs: string
  /** Left by a restore for the next start. */
  readonly restored: string
  /** Backups that we make by ourselves, before the database gets a newer shape. */
  readonly backups: string
}

const CHECKOUT = resolve(import.meta.dirname, '../../..')
export const checkoutFolder = (): string => CHECKOUT

export function dataFolder(environment: NodeJS.ProcessEnv = process.env): DataFolder {
  const root = resolve(environment['KOKI_DATA'] ?? join(CHECKOUT, '.koki'))
  return {
    root,
    postgres: join(root, 'postgres'),
    zeebe: (version) => join(root, `zeebe-${version}`),
    clock: join(root, 'clock.json'),
    lock: join(root, 'start.lock'),
    children: join(root, 'children.json'),
    running: join(root, 'running.json'),
    logs: join(root, 'logs'),
    restored: join(root, 'restored.json'),
    backups: join(root, 'backups'),
  }
}

/** Creates the folder. Passable for the server's account (it must reach its own sub-folder), listable only for us. */
export function createDataFolder(folder: DataFolder): void {
  mkdirSync(folder.root, { recursive: true })
  chmodSync(folder.root, 0o711)
  mkdirSync(folder.logs, { recursive: true, mode: 0o700 })
}
