import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { stepElements } from '#modeler/lint/model.ts'
import { generated } from '../contract/generated.ts'
import { readFlow } from '../contract/read-flows.ts'
import { taskKindOf } from '../contract/step-rows.ts'
import { decisionsAfter } from './decisions.ts'
import { formText, humanStep, serviceStep, stepTest } from './templates.ts'

/**
 * Creates one step of a flow below `root`: its file, its form when a person decides, its test, which fails until it is
 * written. Throws when the table has no such number or a file exists. Returns the files written.
 */
export async function writeStep(root: string, flow: string, no: string): Promise<readonly string[]> {
  const folder = await readFlow(join(root, 'processes'), flow)
  const row = folder.rows.find((one) => one.no === no.toUpperCase() && one.slug !== '')
  if (!row) throw new Error(`processes/${flow}/steps.tsv has no step ${no} with a slug`)
  const step = `${flow}/${row.slug}`
  const isHuman = taskKindOf(row) === 'user'
  const files = new Map([
    [`workers/${step}.ts`, isHuman ? humanStep(flow, row) : serviceStep(flow, row)],
    [`tests/workers/${step}.test.ts`, stepTest(flow, row)],
  ])
  if (isHuman && !folder.forms.some((form) => form.step === step)) {
    const found = folder.models.flatMap(({ model }) => stepElements(model).map((element) => ({ model, element })))
    const place = found.find(({ element }) => element.step === step)
    if (!place) throw new Error(`no model of ${flow} has a task for ${step}`)
    files.set(`processes/${step}.form.json`, formText(flow, row, decisionsAfter(place.model, place.element.id)))
  }
  for (const [file, text] of files) await writeNew(join(root, file), text)
  for (const [file, text] of await generated(join(root, 'processes'))) await writeFile(file, text)
  return [...files.keys()]
}

async function writeNew(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text, { flag: 'wx' })
}
