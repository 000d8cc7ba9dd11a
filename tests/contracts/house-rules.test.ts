import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lintModel } from '#modeler/lint/lint-model.ts'
import { HOUSE_RULES } from '#modeler/lint/rules/index.ts'

const good = await readFile(join(import.meta.dirname, '../../processes/5-2-tokusoku/tokusoku.bpmn'), 'utf8')

/** The 督促 model with one thing made wrong. */
const wrong = (before: string | RegExp, after: string): string => {
  const xml = good.replace(before, after)
  if (xml === good) throw new Error(`the model has no ${String(before)}`)
  return xml
}
const boundsOf = (id: string): RegExp => new RegExp(`(<bpmndi:BPMNShape id="${id}_di"[^>]*>\\s*<dc:Bounds x=)"\\d+"`)

/** One wrong model for each house rule; a rule without a row fails the last test. */
const CASES: readonly (readonly [rule: string, element: string, xml: string])[] = [
  [
    'job-user-task',
    'Step_002',
    wrong('<zeebe:header key="koki:step" value="5-2-tokusoku/002-', '<zeebe:header key="x" value="'),
  ],
  ['job-user-task', 'Step_002', wrong('formKey="5-2-tokusoku/002-', 'formKey="5-2-tokusoku/012-')],
  ['job-user-task', 'Step_002', wrong('<zeebe:assignmentDefinition candidateGroups="koki" />', '')],
  ['service-step', 'Step_001', wrong('type="5-2-tokusoku/001-identify-delinquents"', 'type="identify"')],
  ['default-flow', 'G1', wrong(' default="G1_Redo"', '')],
  ['default-flow', 'G1_Some', wrong('name="対象あり" ', '')],
  [
    'no-sent-message',
    'End_Issued',
    wrong(
      /(<bpmn:endEvent id="End_Issued".*?)(<\/bpmn:endEvent>)/s,
      '$1<bpmn:messageEventDefinition messageRef="Message_Start" />$2',
    ),
  ],
  [
    'no-interrupting-deadline',
    'Step_004_Due',
    wrong(' attachedToRef="Step_004" cancelActivity="false"', ' attachedToRef="Step_004"'),
  ],
  ['written-ways', 'Flow_001_002', wrong('<bpmn:outgoing>Flow_001_002</bpmn:outgoing>', '')],
  [
    'known-element',
    'E1',
    wrong(/<bpmn:timeDate.*?reflectAt<\/bpmn:timeDate>/s, '<bpmn:timeDuration>P3D</bpmn:timeDuration>'),
  ],
  ['house-names', 'Step_001', wrong('type="5-2-tokusoku/001-', 'type="5-2-tokusoku/011-')],
  ['house-names', 'p-5-2-tokusoku', wrong('name="5-2-tokusoku/start"', 'name="start"')],
  ['house-names', 'E2', wrong('<bpmn:flowNodeRef>E2</bpmn:flowNodeRef>', '')],
  ['complete-drawing', 'Flow_001_002', wrong(/<bpmndi:BPMNEdge id="Flow_001_002_di".*?<\/bpmndi:BPMNEdge>/s, '')],
  ['clear-drawing', 'Step_005', wrong(boundsOf('E2'), '$1"1720"')],
  ['clear-drawing', 'Start', wrong(boundsOf('Start'), '$1"170"')],
  ['clear-drawing', 'G1_Some', wrong(/(<bpmndi:BPMNEdge id="G1_Some_di".*?<dc:Bounds x="\d+" y=)"\d+"/s, '$1"330"')],
]

it('the model they are made from is clean', async () => {
  expect(await lintModel(good)).toEqual([])
})

it.each(CASES)('%s finds %s', async (rule, element, xml) => {
  expect(await lintModel(xml)).toContainEqual(expect.objectContaining({ rule: `koki/${rule}`, element }))
})

it('bpmnlint and the limits of the engine are in force beside the house rules', async () => {
  const unnamed = wrong(/(<bpmn:exclusiveGateway id="G2") name="[^"]*"/, '$1')
  expect(await lintModel(unnamed)).toContainEqual(expect.objectContaining({ rule: 'label-required', element: 'G2' }))
  const unfinished = wrong('<zeebe:taskDefinition type="5-2-tokusoku/001-identify-delinquents" />', '')
  expect(await lintModel(unfinished)).toContainEqual(
    expect.objectContaining({ rule: 'camunda-compat/implementation', element: 'Step_001' }),
  )
})

it('every house rule has its wrong model', () => {
  expect(Object.keys(HOUSE_RULES).toSorted()).toEqual([...new Set(CASES.map(([rule]) => rule))].toSorted())
})
