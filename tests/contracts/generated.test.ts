import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { formOf } from '#tools/contract/form.ts'
import { drifted, generated } from '#tools/contract/generated.ts'
import { writeForms } from '#tools/contract/write-forms.ts'

const PROCESSES = join(import.meta.dirname, '../../processes')

async function copyOfProcesses(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'koki-processes-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await cp(PROCESSES, folder, { recursive: true })
  return folder
}

it('what is committed is what the models and forms say', async () => {
  expect(await drifted(PROCESSES)).toEqual([])
})

it('a renamed task and a changed form are drift until generated again', async () => {
  // given a copy in which the model and a form of 5.2 were changed
  const folder = await copyOfProcesses()
  const model = join(folder, '5-2-tokusoku/tokusoku.bpmn')
  await writeFile(model, (await readFile(model, 'utf8')).replace('name="滞納者把握"', 'name="滞納者の把握"'))
  const form = join(folder, '5-2-tokusoku/002-confirm-delinquents.form.json')
  await writeFile(form, (await readFile(form, 'utf8')).replace('"maxLength": 500', '"maxLength": 400'))
  // then both files have drifted, and are right once written
  const names = async () => (await drifted(folder)).map((file) => basename(file))
  expect(await names()).toEqual(['contracts.generated.ts', 'forms.generated.ts'])
  const files = await generated(folder)
  expect(files.get(join(folder, 'contracts.generated.ts'))).toContain("name: '滞納者の把握'")
  for (const [file, text] of files) await writeFile(file, text)
  expect(await names()).toEqual([])
})

const form = (over: object): string =>
  JSON.stringify({
    $id: '9-9-test/001-confirm',
    title: '確認',
    type: 'object',
    additionalProperties: false,
    'x-decisions': [{ value: 'ok', label: '確認済み', act: 'complete' }],
    properties: { decision: { type: 'string', enum: ['ok'], 'x-label': '判断' } },
    required: ['decision'],
    ...over,
  })

it('a form becomes a closed schema with its labels', () => {
  const text = writeForms([formOf('9-9-test/001-confirm', form({}))])
  expect(text).toContain("decision: Type.Unsafe<'ok'>({ type: 'string', enum: ['ok'], 'x-label': '判断' }),")
  expect(text).toContain('additionalProperties: false,')
})

it.each([
  ['another id', { $id: '9-9-test/002-confirm' }, "9-9-test/001-confirm: $id must be the step's id"],
  ['no title', { title: undefined }, "9-9-test/001-confirm: title must be the step's official name"],
  ['an open object', { additionalProperties: true }, '9-9-test/001-confirm: additionalProperties must be false'],
  [
    'no decisions',
    { 'x-decisions': [] },
    '9-9-test/001-confirm: x-decisions must list value, label and act of each decision',
  ],
  [
    'a decision that is not offered',
    { properties: { decision: { enum: ['ok', 'redo'], 'x-label': '判断' } } },
    '9-9-test/001-confirm: properties.decision.enum must list the values of x-decisions, in their order',
  ],
  [
    'a field without label',
    { properties: { decision: { enum: ['ok'], 'x-label': '判断' }, note: { type: 'string' } } },
    '9-9-test/001-confirm/note: x-label is missing',
  ],
])('a form with %s is refused', (_, over, message) => {
  expect(() => formOf('9-9-test/001-confirm', form(over))).toThrow(message)
})
