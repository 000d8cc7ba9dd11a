import { stepElements, type FlowModel, type ModelElement } from '#modeler/lint/model.ts'
import { literal } from './literal.ts'
import type { FlowFolder } from './read-flows.ts'

const HEAD = `// Made by \`npm run generate\` from processes/*/*.bpmn, steps.tsv and the forms. Do not edit: change the model.

`

/** Contracts of all flows: what the models promise, as typed constants. */
export function writeContracts(folders: readonly FlowFolder[]): string {
  const flows = folders.map((folder) => [folder.flow, flowContract(folder)] as const)
  const steps = folders.flatMap((folder) =>
    folder.models.flatMap(({ model }) => stepElements(model).map((element) => stepContract(folder, model, element))),
  )
  return `${HEAD}/** Each flow: its models, the message that starts a run, the variables a run starts with, deadlines that warn. */
export const FLOW_CONTRACTS = ${literal(Object.fromEntries(flows))} as const

/** Each step that runs in a model: its official name, its kind, where it stands, who may do it, how it may end. */
export const STEP_CONTRACTS = ${literal(Object.fromEntries(steps))} as const

export type FlowContracts = typeof FLOW_CONTRACTS
export type FlowId = keyof FlowContracts
export type StepContracts = typeof STEP_CONTRACTS
export type StepId = keyof StepContracts
/** 工程名 of a step, character by character: a mismatch does not compile. */
export type OfficialNameOf<Id extends StepId> = StepContracts[Id]['name']
/** Step ids of one flow. */
export type StepIdOf<F extends FlowId> = { [Id in StepId]: StepContracts[Id]['flow'] extends F ? Id : never }[StepId]
/** Names of the process variables a run of the flow starts with. */
export type StartVariable<F extends FlowId> = FlowContracts[F]['models'][number]['startVariables'][number]
`
}

function flowContract({ flow, models }: FlowFolder) {
  return {
    name: models[0]?.model.name ?? '',
    isInternal: flow.startsWith('0-'),
    models: models.map(({ file, model }) => ({
      file,
      processId: model.processId,
      message: model.messageName,
      startVariables: model.startVariables,
      elements: Object.fromEntries(model.elements.map((element) => [element.id, element.name])),
      deadlines: Object.fromEntries(model.elements.flatMap((element) => deadline(model, element))),
    })),
  }
}

/** A non-interrupting timer on a human step: the step it watches, the variable with its instant, who is told. */
function deadline(model: FlowModel, element: ModelElement) {
  if (element.kind !== 'boundary' || element.trigger.kind !== 'timer') return []
  const host = model.elements.find((one) => one.id === element.on)
  const step = host?.kind === 'user' ? host.step : null
  return [[element.id, { step, at: element.trigger.expression, notify: element.notify }] as const]
}

function stepContract(folder: FlowFolder, model: FlowModel, element: ReturnType<typeof stepElements>[number]) {
  if (element.step === null) throw new Error(`${model.processId}/${element.id} names no step`)
  const form = folder.forms.find((one) => one.step === element.step)
  const no = element.step
    .slice(folder.flow.length + 1)
    .split('-')[0]
    ?.toUpperCase()
  return [
    element.step,
    {
      flow: folder.flow,
      no,
      name: element.name,
      kind: element.kind,
      processId: model.processId,
      elementId: element.id,
      lane: element.lane,
      ...(element.kind === 'user' ? { candidateGroups: element.groups, decisions: form?.decisions ?? [] } : {}),
    },
  ] as const
}
