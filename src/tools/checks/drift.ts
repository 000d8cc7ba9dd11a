import { globSync } from 'node:fs'
import { join } from 'node:path'
import { drifted } from '../contract/generated.ts'
import type { Check } from './check.ts'

/** The generated constants are those that the models and forms of today give. */
export const drift: Check = {
  name: 'generated files',
  async run(root) {
    const processes = join(root, 'processes')
    const files = await drifted(processes)
    return {
      looked: globSync('*/*.{bpmn,form.json}', { cwd: processes }).length,
      findings: files.map((file) => `${file} is out of date: npm run generate`),
    }
  },
}
