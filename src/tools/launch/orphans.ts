import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { endProcess } from '../process-look.ts'
import { isStillAlive, type ProcessIdentity } from '../process-identity.ts'
import type { DataFolder } from './data-folder.ts'

/** Notes the children of this launcher, so that the next one finds what a kill -9 left behind. */
export class ChildRecord {
  readonly #file: string
  readonly #children = new Map<string, ProcessIdentity>()
  constructor(folder: DataFolder) {
    this.#file = folder.children
  }
  note(name: string, identity: ProcessIdentity): void {
    this.#children.set(name, identity)
    writeFileSync(this.#file, JSON.stringify([...this.#children.values()]))
  }
  clear(): void {
    rmSync(this.#file, { force: true })
  }
}

/** Ends the children of a killed launcher: exactly those it noted, told by id and moment of birth. Answers how many. */
export async function endOrphans(folder: DataFolder, patienceMs = 30_000): Promise<number> {
  let noted: ProcessIdentity[]
  try {
    noted = JSON.parse(readFileSync(folder.children, 'utf8')) as ProcessIdentity[]
  } catch {
    return 0 // none noted, or killed while noting: they follow their parent by themselves
  }
  const alive = noted.filter(isStillAlive)
  await Promise.all(alive.map(({ pid }) => endProcess(pid, patienceMs)))
  rmSync(folder.children, { force: true })
  return alive.length
}
