import type { Decision } from '../contract/form.ts'
import type { StepRow } from '../contract/step-rows.ts'

const camelOf = (slug: string): string =>
  slug.replace(/^(?:\d{3}|e\d+)-/, '').replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
const functionsOf = (row: StepRow): string =>
  (row.functions.match(/\d+\.\d+\.[\dx]+\*?/g) ?? []).map((no) => `'${no}'`).join(', ')

/** An 自動 step that compiles and refuses to run. */
export const serviceStep = (flow: string, row: StepRow): string => `import { Type } from 'typebox'
import { defineStep } from '#runtime/define-step.ts'
import { closed, RunId } from '#runtime/schema.ts'

const notWritten = (what: string): never => {
  throw new Error(\`${flow}/${row.slug}: \${what} is not written\`)
}

/** ${row.name}: TODO what it decides, legal basis, units, errors. Over a population: defineBatchStep. */
export const ${camelOf(row.slug)} = defineStep({
  id: '${flow}/${row.slug}',
  officialName: '${row.name}',
  functions: [${functionsOf(row)}],
  basis: [],
  input: Type.Object({ runId: RunId }, closed),
  output: Type.Object({}, closed),
  load: () => notWritten('load'),
  decide: () => notWritten('decide'),
  persist: () => notWritten('persist'),
  summarise: () => notWritten('summarise'),
})
`

/** A human step that compiles, shows its form and refuses every decision. */
export const humanStep = (flow: string, row: StepRow): string => `import { Type } from 'typebox'
import { FORMS } from '#processes/forms.generated.ts'
import { defineHumanStep } from '#runtime/define-step.ts'
import { closed, Decision } from '#runtime/schema.ts'

const notWritten = (what: string): never => {
  throw new Error(\`${flow}/${row.slug}: \${what} is not written\`)
}

/** ${row.name}: TODO what a person looks at, who may decide, what is refused. */
export const ${camelOf(row.slug)} = defineHumanStep({
  id: '${flow}/${row.slug}',
  officialName: '${row.name}',
  functions: [${functionsOf(row)}],
  basis: [],
  input: FORMS['${flow}/${row.slug}'],
  output: Type.Object({ decision: Decision }, closed),
  load: () => notWritten('load'),
  decide: () => notWritten('decide'),
  persist: () => notWritten('persist'),
  summarise: () => notWritten('summarise'),
})
`

/** The form of a human step: its decisions, a comment, nothing else yet. */
export const formText = (flow: string, row: StepRow, decisions: readonly Decision[]): string =>
  `${JSON.stringify(
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `${flow}/${row.slug}`,
      title: row.name,
      type: 'object',
      additionalProperties: false,
      'x-decisions': decisions,
      properties: {
        decision: { type: 'string', enum: decisions.map((decision) => decision.value), 'x-label': '判断' },
        comment: { type: 'string', maxLength: 500, 'x-label': 'コメント', 'x-multiline': true },
      },
      required: ['decision'],
    },
    null,
    2,
  )}\n`

/** A test that fails until somebody writes it. */
export const stepTest = (flow: string, row: StepRow): string => `import { it } from 'vitest'

it('${row.no} ${row.name}', () => {
  throw new Error('${flow}/${row.slug}: the test is not written (given, when, then; run twice gives the same)')
})
`
