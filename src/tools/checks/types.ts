import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { linesOf, runTool, type Check } from './check.ts'

const PROJECTS = ['tsconfig.json', 'src/web/tsconfig.json'] as const

/** TypeScript, both projects: what Node runs and what the browser gets. */
export const types: Check = {
  name: 'types',
  async run(root) {
    const findings: string[] = []
    let looked = 0
    for (const project of PROJECTS.filter((file) => existsSync(join(root, file)))) {
      const { code, text } = await runTool(
        'typescript/bin/tsc',
        ['--noEmit', '--listFiles', '--pretty', 'false', '-p', project],
        root,
      )
      const lines = linesOf(text)
      const own = lines.filter((line) => /^[/\w].*\.tsx?$/.test(line) && !line.includes('node_modules'))
      looked += own.length
      if (code !== 0) findings.push(...lines.filter((line) => line.includes('error TS') || line.startsWith('  ')))
    }
    return { looked, findings }
  },
}
