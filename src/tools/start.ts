// npm start: the whole system with one command.
import { Fault } from '#kernel/faults.ts'
import { launch } from './launch/launcher.ts'
import { progressOn } from './launch/phases.ts'
import { tellFault } from './tell-fault.ts'

const stopping = new AbortController()
const asked = new Promise<void>((ok) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (!stopping.signal.aborted) process.stderr.write('終了しています(進行中の処理が終わるのを待ちます)…\n')
      stopping.abort()
      ok()
    })
})

try {
  const running = await launch({
    environment: process.env,
    progress: progressOn(process.stdout),
    log: (line) => process.stderr.write(`${new Date().toISOString()} ${line}\n`),
    signal: stopping.signal,
  })
  process.stdout.write(`READY ${running.url}\n`)
  await asked
  await running.stop()
} catch (error) {
  if (!stopping.signal.aborted || error instanceof Fault) {
    tellFault(error)
    process.exitCode = 1
  }
}
// Nothing of ours is left to wait for; a half-open socket must not keep the terminal.
process.exit()
