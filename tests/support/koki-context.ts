import type { Database } from '#db/database.ts'
import type { SystemClock } from '#runtime/system-clock.ts'
import type { VerbContext } from '#tools/verbs/verb.ts'
import type { Clock } from '#kernel/clock.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a verb of `koki` needs that speaks to database and engine only. `lines` takes what it prints. */
export function kokiContext(
  system: { readonly db: Database; readonly clock: Clock | SystemClock },
  folder: string,
  zeebeAddress: string,
  lines: string[],
): VerbContext {
  const running = join(folder, 'running.json')
  writeFileSync(running, JSON.stringify({ zeebeAddress }))
  const context: Pick<VerbContext, 'database' | 'print'> & { clock: Clock; folder: { running: string } } = {
    clock: system.clock,
    folder: { running },
    database: async () => system.db,
    print: (line) => void lines.push(line),
  }
  return context as VerbContext // the verbs that get it touch nothing else
}
