import { globSync } from 'node:fs'
import { join } from 'node:path'
import { driftedOf, generated } from '../contract/generated.ts'
import { generatedDocs } from '../contract/generated-docs.ts'
import type { Check } from './check.ts'

/** The generated constants are those that the models and forms of today give, and the pages of faults and commands are the tables'. */
export const drift: Check = {
  name: 'generated files',
  async run(root) {
    const processes = join(root, 'processes')
    const files = await driftedOf(new Map([...(await generated(processes)), ...(await generatedDocs(root))]))
    return {
      looked: globSync('*/*.{bpmn,form.json}', { cwd: processes }).length,
      findings: files.map((file) => `${file} is out of date: npm run generate`),
    }
  },
}
