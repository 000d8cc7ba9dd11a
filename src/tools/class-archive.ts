// The broker's classes, read and linked once: a start then costs a third of the processor time.
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export interface ClassArchive {
  /** Options of the JVM: read the archive, or write one when it ends well. */
  readonly options: readonly string[]
  /** To be called when the JVM has ended. */
  keep(): void
}

/**
 * One archive per version of the broker and of Java, in `cacheDir`. The JVM itself refuses one that is not of its own
 * build or whose jars have changed, and then starts without. It is written beside and renamed: nobody reads half of one.
 */
export function classArchive(cacheDir: string, brokerVersion: string, javaMajor: number): ClassArchive {
  const file = join(cacheDir, `zeebe-${brokerVersion}-java-${javaMajor}.jsa`)
  if (existsSync(file)) return { options: ['-Xshare:auto', `-XX:SharedArchiveFile=${file}`], keep: () => undefined }
  const part = `${file}.${process.pid}-${performance.now().toFixed(0)}`
  return {
    options: [`-XX:ArchiveClassesAtExit=${part}`],
    keep() {
      if (!existsSync(part)) return // killed, or a Java that cannot: the next one tries again
      if (existsSync(file)) rmSync(part)
      else renameSync(part, file)
    },
  }
}
