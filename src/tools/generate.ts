import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { driftedOf, generated } from './contract/generated.ts'
import { generatedDocs } from './contract/generated-docs.ts'

/** `npm run generate`: models and forms → `processes/*.generated.ts`, faults and commands → docs. With `--check` it only tells the drift. */
const ROOT = join(import.meta.dirname, '../..')
const files = new Map([...(await generated(join(ROOT, 'processes'))), ...(await generatedDocs(ROOT))])

if (process.argv.includes('--check')) {
  const stale = await driftedOf(files)
  for (const file of stale) console.error(`${file} is out of date: npm run generate`)
  process.exitCode = stale.length > 0 ? 1 : 0
} else {
  for (const [file, text] of files) await writeFile(file, text)
}
