import { join } from 'node:path'
import { officialFlows } from './new-flow/flow-tables.ts'
import { writeFlow } from './new-flow/write-flow.ts'

/** `npm run new:flow -- 3-6-koza-furikae-irai`: the folders of an official flow, with a drawn skeleton. */
const [flow] = process.argv.slice(2)
if (flow === undefined) {
  console.error('npm run new:flow -- <flow>, one of:')
  for (const { flow: id, title } of await officialFlows()) console.error(`  ${id}  ${title}`)
  process.exitCode = 2
} else {
  for (const file of await writeFlow(join(import.meta.dirname, '../..'), flow)) console.log(`written ${file}`)
  console.log(`next: look at the drawing, add the flow to workers/registry.ts, then npm run new:step -- ${flow} 001`)
}
