import { stepElements } from '#modeler/lint/model.ts'
import type { FlowFolder } from './read-flows.ts'
import { laneOf, taskKindOf, type StepRow } from './step-rows.ts'

/** The model says what the signed table says: each row of ours is one task, with its name, kind, lane and form. */
export function checkTable({ flow, rows, models, forms }: FlowFolder): readonly string[] {
  const tasks = models.flatMap(({ model }) => stepElements(model))
  const ids = new Set(rows.filter((row) => row.slug !== '').map((row) => `${flow}/${row.slug}`))
  const formSteps = rows.filter((row) => taskKindOf(row) === 'user').map((row) => `${flow}/${row.slug}`)
  return [
    ...rows.flatMap((row) => checkRow(flow, row, tasks, forms)),
    ...tasks
      .filter((task) => !ids.has(task.step ?? ''))
      .map((task) => `${flow}: ${task.id} (${task.step}) is no row of steps.tsv`),
    ...forms
      .filter((form) => !formSteps.includes(form.step))
      .map((form) => `${form.step}: a form without a human step`),
  ]
}

type Task = ReturnType<typeof stepElements>[number]

function checkRow(flow: string, row: StepRow, tasks: readonly Task[], forms: FlowFolder['forms']): readonly string[] {
  const step = `${flow}/${row.slug}`
  if (row.slug === '') return row.no.startsWith('E') ? [] : [`${flow}: step ${row.no} has no slug`]
  if (!row.slug.startsWith(`${row.no.toLowerCase()}-`))
    return [`${step}: the slug must begin with ${row.no.toLowerCase()}-`]
  const [task, ...others] = tasks.filter((one) => one.step === step)
  if (!task || others.length > 0) return [`${step}: ${others.length + (task ? 1 : 0)} tasks in the model, one is meant`]
  const form = forms.find((one) => one.step === step)
  const lane = laneOf(row)
  return [
    ...(task.name === row.name ? [] : [`${step}: 「${task.name}」 in the model, 「${row.name}」 in steps.tsv`]),
    ...(task.kind === taskKindOf(row) ? [] : [`${step}: a ${task.kind} task for a step that is ${row.kind}`]),
    ...(task.lane === lane ? [] : [`${step}: in the lane ${task.lane}, steps.tsv says ${lane}`]),
    ...(task.kind === 'user' && !form ? [`${step}: no form`] : []),
    ...(form && form.title !== row.name
      ? [`${step}: 「${form.title}」 in the form, 「${row.name}」 in steps.tsv`]
      : []),
  ]
}
