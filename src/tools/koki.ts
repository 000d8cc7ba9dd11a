// npm run -s koki -- <verb>: the commands of an administrator.
import { tellFault } from './tell-fault.ts'
import { openContext } from './verbs/context.ts'
import { runKoki } from './verbs/run-koki.ts'

const { context, close } = openContext(process.env, console.log)
try {
  process.exitCode = await runKoki(process.argv.slice(2), context)
} catch (error) {
  tellFault(error)
  process.exitCode = 1
} finally {
  await close()
}
