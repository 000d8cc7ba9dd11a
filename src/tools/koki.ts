// npm run -s koki -- <verb>: the commands of an administrator.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Half of a short command is the reading of its files. Where the folder cannot be written they are just read again.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/koki'))

// What is imported by a statement would be read before the line above.
const [{ tellFault }, { openContext }, { runKoki }] = await Promise.all([
  import('./tell-fault.ts'),
  import('./verbs/context.ts'),
  import('./verbs/run-koki.ts'),
])

const { context, close } = openContext(process.env, console.log)
try {
  process.exitCode = await runKoki(process.argv.slice(2), context)
} catch (error) {
  tellFault(error)
  process.exitCode = 1
} finally {
  await close()
}
