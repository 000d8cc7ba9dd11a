import { isDeepStrictEqual } from 'node:util'
import type { FlowFolder } from './read-flows.ts'
import { factsOf, type ContractedStep } from './step-facts-of.ts'
import { taskKindOf } from './step-rows.ts'

/** The code says what the signed table says: one step for each row of ours, with its name, kind, functions and form. */
export function checkCode(
  folder: FlowFolder,
  steps: readonly ContractedStep[],
  forms: Readonly<Record<string, unknown>>,
): readonly string[] {
  const { flow, rows } = folder
  const ours = rows.filter((row) => row.slug !== '')
  const ids = ours.map((row) => `${flow}/${row.slug}`)
  return [
    ...steps.filter((step) => !ids.includes(step.id)).map((step) => `${step.id}: no row of steps.tsv`),
    ...ours.flatMap((row) => {
      const id = `${flow}/${row.slug}`
      const [step, ...others] = steps.filter((one) => one.id === id)
      if (!step || others.length > 0)
        return [`${id}: ${others.length + (step ? 1 : 0)} steps in the code, one is meant`]
      return [
        ...(step.officialName === row.name
          ? []
          : [`${id}: 「${step.officialName}」 in the code, 「${row.name}」 in steps.tsv`]),
        ...(factsOf(step).kind === taskKindOf(row)
          ? []
          : [`${id}: the shape ${step.shape} for a step that is ${row.kind}`]),
        ...step.functions
          .filter((no) => !row.functions.includes(no))
          .map((no) => `${id}: function ${no} is not in steps.tsv`),
        ...(step.shape !== 'human' || isDeepStrictEqual(plain(step.input), plain(forms[id]))
          ? []
          : [`${id}: its input is not its form`]),
      ]
    }),
  ]
}

/** Schemas as data: hidden marks of the schema library do not count. */
const plain = (schema: unknown): unknown => JSON.parse(JSON.stringify(schema ?? null))
