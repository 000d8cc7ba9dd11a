import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readFlows } from './read-flows.ts'
import { writeContracts } from './write-contracts.ts'
import { writeForms } from './write-forms.ts'

/** The generated files by path, made from the models and forms below `processes`. Equal input gives equal text. */
export async function generated(processes: string): Promise<ReadonlyMap<string, string>> {
  const flows = await readFlows(processes)
  return new Map([
    [join(processes, 'contracts.generated.ts'), writeContracts(flows)],
    [join(processes, 'forms.generated.ts'), writeForms(flows.flatMap((flow) => flow.forms))],
  ])
}

/** The generated files that differ from what their sources say. */
export const drifted = async (processes: string): Promise<readonly string[]> => driftedOf(await generated(processes))

/** Of these files, those whose text on disk is another. */
export async function driftedOf(texts: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const files = [...texts]
  const current = await Promise.all(files.map(([file]) => readFile(file, 'utf8').catch(() => '')))
  return files.flatMap(([file, text], index) => (current[index] === text ? [] : [file]))
}
