import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readModel } from '#modeler/lint/read-model.ts'
import type { FlowModel } from '#modeler/lint/model.ts'
import { formOf, type Form } from './form.ts'
import { parseSteps, type StepRow } from './step-rows.ts'

/** A flow's folder under `processes/`, read: the table that the business signed, its models and its forms. */
export interface FlowFolder {
  readonly flow: string
  readonly rows: readonly StepRow[]
  readonly models: readonly { readonly file: string; readonly model: FlowModel }[]
  readonly forms: readonly Form[]
}

/** Every flow folder, in the order of the official numbers. Throws on what cannot be read. */
export async function readFlows(processes: string): Promise<readonly FlowFolder[]> {
  const entries = await readdir(processes, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(folders.toSorted(byNumber).map((flow) => readFlow(processes, flow)))
}

export async function readFlow(processes: string, flow: string): Promise<FlowFolder> {
  const folder = join(processes, flow)
  const names = (await readdir(folder)).toSorted()
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')
  const models = names.filter((name) => name.endsWith('.bpmn'))
  const forms = names.filter((name) => name.endsWith('.form.json'))
  return {
    flow,
    rows: parseSteps(await read('steps.tsv')),
    models: await Promise.all(
      models.map(async (name) => ({ file: `${flow}/${name}`, model: await readModel(await read(name)) })),
    ),
    forms: await Promise.all(
      forms.map(async (name) => formOf(`${flow}/${name.replace('.form.json', '')}`, await read(name))),
    ),
  }
}

/** `3-9-…` before `3-10-…`: official numbers count, letters do not. */
function byNumber(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)]
  return left[0] - right[0] || left[1] - right[1] || a.localeCompare(b, 'en')
}
const numbers = (flow: string): readonly [number, number] => {
  const match = /^(\d+)-(\d+)-/.exec(flow)
  if (!match) throw new Error(`${flow}: a flow's folder is named after its official number, like 5-2-tokusoku`)
  return [Number(match[1]), Number(match[2])]
}
