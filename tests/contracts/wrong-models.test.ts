import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkFlow } from '#modeler/lint/check-flow.ts'
import { lintModel } from '#modeler/lint/lint-model.ts'
import { stepElements } from '#modeler/lint/model.ts'
import { readModel } from '#modeler/lint/read-model.ts'
import type { StepFacts } from '#modeler/lint/step-facts.ts'

/** What the steps of the models set; `unset-count` is about a step that forgets. */
const GIVES: Readonly<Record<string, readonly string[]>> = {
  '001-identify': ['targetCount'],
  '002-confirm': ['decision', 'targetCount'],
  '003-make-notices': ['noticeCount'],
}
const ALWAYS_COUNTED = { ...GIVES, '004-make-file': ['noticeCount'] }

/** All that is wrong with a model of the folder, given steps that fit it. */
async function wrongWith(file: string, givesBySlug: typeof GIVES): Promise<readonly string[]> {
  const xml = await readFile(join(import.meta.dirname, '../fixtures/models', file), 'utf8')
  const model = await readModel(xml)
  const facts = stepElements(model).map((element): [string, StepFacts] => {
    const id = element.step ?? ''
    const gives = givesBySlug[id.split('/')[1] ?? ''] ?? []
    const decisions = element.kind === 'user' ? ['ok', 'redo'] : null
    return [
      id,
      { id, officialName: element.name, kind: element.kind, needs: ['runId'], gives, refusals: [], decisions },
    ]
  })
  const findings = [...(await lintModel(xml)), ...checkFlow(model, new Map(facts))]
  return findings.map(({ rule, element }) => `${rule} ${element}`)
}

it.each([
  ['unset-count.bpmn', GIVES, ['path/unset-variable G2']],
  ['engine-user-task.bpmn', ALWAYS_COUNTED, ['camunda-compat/user-task-form Step_002', 'koki/job-user-task Step_002']],
  ['no-default-way.bpmn', ALWAYS_COUNTED, ['koki/default-flow G1']],
  ['interrupting-deadline.bpmn', ALWAYS_COUNTED, ['koki/no-interrupting-deadline Step_002_Due']],
])('%s fails, and for its own reason', async (file, gives, expected) => {
  expect(await wrongWith(file, gives)).toEqual(expected)
})

it('the same graph with a step that always counts is clean', async () => {
  expect(await wrongWith('unset-count.bpmn', ALWAYS_COUNTED)).toEqual([])
})
