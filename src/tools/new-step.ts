import { join } from 'node:path'
import { writeStep } from './new-step/write-step.ts'

/** `npm run new:step -- 3-6-koza-furikae-irai 001`: file, form and failing test of one step. */
const [flow, no] = process.argv.slice(2)
if (flow === undefined || no === undefined) {
  console.error('npm run new:step -- <flow> <number>')
  process.exitCode = 2
} else {
  for (const file of await writeStep(join(import.meta.dirname, '../..'), flow, no)) console.log(`written ${file}`)
  console.log(`next: list the step in workers/${flow}/index.ts, and write its test first`)
}
