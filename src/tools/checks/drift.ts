import { globSync } from 'node:fs'
import { join } from 'node:path'
import { driftedOf, generated } from '../contract/generated.ts'
import { faultsPage } from '../contract/write-faults.ts'
import type { Check } from './check.ts'

/** The generated constants are those that the models and forms of today give, and the page of faults is the table's. */
export const drift: Check = {
  name: 'generated files',
  async run(root) {
    const processes = join(root, 'processes')
    const texts = new Map(await generated(processes))
    texts.set(join(root, 'src/docs/faults.md'), faultsPage())
    const files = await driftedOf(texts)
    return {
      looked: globSync('*/*.{bpmn,form.json}', { cwd: processes }).length,
      findings: files.map((file) => `${file} is out of date: npm run generate`),
    }
  },
}
