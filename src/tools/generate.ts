import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { drifted, generated } from './contract/generated.ts'

/** `npm run generate`: models and forms → `processes/*.generated.ts`. With `--check` it only tells what has drifted. */
const PROCESSES = join(import.meta.dirname, '../../processes')

if (process.argv.includes('--check')) {
  const files = await drifted(PROCESSES)
  for (const file of files) console.error(`${file} is out of date: npm run generate`)
  process.exitCode = files.length > 0 ? 1 : 0
} else {
  for (const [file, text] of await generated(PROCESSES)) await writeFile(file, text)
}
