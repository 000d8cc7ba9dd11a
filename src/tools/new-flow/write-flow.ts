import { access, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { generated } from '../contract/generated.ts'
import { STEP_COLUMNS } from '../contract/step-rows.ts'
import { officialFlow, sources, type OfficialFlow } from './flow-tables.ts'
import { readmeOf } from './readme.ts'
import { skeletonOf } from './skeleton.ts'
import { writeBpmn } from './write-bpmn.ts'

/**
 * Creates the folders of an official flow below `root`: table, drawn skeleton and README in `processes/`, an index that
 * still refuses to run in `workers/`, an empty place for tests; then the contracts are generated again.
 * Throws when the flow is not official or its folder exists. Returns the files written.
 */
export async function writeFlow(root: string, flow: string): Promise<readonly string[]> {
  const official = await officialFlow(flow)
  const exists = await access(join(root, 'processes', flow)).then(
    () => true,
    () => false,
  )
  if (exists) throw new Error(`processes/${flow} exists already`)
  const files = new Map([
    [`processes/${flow}/steps.tsv`, stepsOf(official)],
    [`processes/${flow}/${romajiOf(flow)}.bpmn`, writeBpmn(skeletonOf(official))],
    [`processes/${flow}/README.md`, readmeOf(official, await sources())],
    [`workers/${flow}/index.ts`, indexOf(official)],
    [`workers/${flow}/README.md`, workersReadme(official)],
    [`tests/workers/${flow}/README.md`, testsReadme(official)],
  ])
  for (const [file, text] of files) await write(join(root, file), text)
  for (const [file, text] of await generated(join(root, 'processes'))) await writeFile(file, text)
  return [...files.keys()]
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}

const stepsOf = ({ rows }: OfficialFlow): string =>
  [STEP_COLUMNS.join('\t'), ...rows.map((row) => STEP_COLUMNS.map((column) => row[column]).join('\t'))].join('\n') +
  '\n'

/** `3-6-koza-furikae-irai` → `koza-furikae-irai`. */
const romajiOf = (flow: string): string => flow.replace(/^\d+-\d+-/, '')
const camelOf = (kebab: string): string => kebab.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

const indexOf = ({ flow, title }: OfficialFlow): string => `import { Type } from 'typebox'
import type { FlowDefinition } from '#runtime/flow.ts'
import { closed } from '#runtime/schema.ts'

const notWritten = (what: string): never => {
  throw new Error(\`${flow}: \${what} is not written\`)
}

/** ${title}. */
export const ${camelOf(romajiOf(flow))}: FlowDefinition = {
  flow: '${flow}',
  numberCode: '${flow.split('-').slice(0, 2).join('')}',
  steps: [],
  worksheets: [],
  params: Type.Object({}, closed),
  plan: () => notWritten('plan'),
  options: () => notWritten('options'),
  defaults: () => notWritten('defaults'),
  dueOn: () => notWritten('dueOn'),
  cancel: () => notWritten('cancel'),
  results: () => notWritten('results'),
}
`

const workersReadme = ({ flow, title }: OfficialFlow): string => `# ${title}

- \`001\` …: the steps, one file each. \`index.ts\` lists them and declares what is special about a run.
- \`data/\`: SQL and sinks of the flow. \`lists/\`: its review lists, columns as data.
- Rules are pure and belong to \`src/rules\`. Model, forms and table are in \`processes/${flow}\`.
`

const testsReadme = ({ flow, title }: OfficialFlow): string => `# tests/workers/${flow}

${title}: one file a step, given / when / then with the examples of the flow's sheet, and run twice gives the same.

- A step's test is made by \`npm run new:step -- ${flow} <number>\` and fails until somebody writes it.
- Not here: rules that need no database (\`tests/rules\`), the whole flow on the engine (\`tests/flows\`).
`
