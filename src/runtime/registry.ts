import { Fault } from '#kernel/faults.ts'
import type { FlowDefinition } from './flow.ts'
import type { AutomaticStep, HumanStep, StepDefinition } from './step.ts'
import type { WorksheetKind } from './worksheet/kind.ts'

/** The flows of this installation, looked up by what the engine or a person names. */
export interface Registry {
  readonly flows: readonly FlowDefinition[]
  flow(id: string): FlowDefinition
  flowOfStep(stepId: string): FlowDefinition
  automatic(stepId: string): AutomaticStep
  human(stepId: string): HumanStep
  worksheet(flow: string, kind: string): WorksheetKind
}

/** Makes the look-ups of an explicit list of flows. */
export function registryOf(flows: readonly FlowDefinition[]): Registry {
  const steps = new Map<string, { readonly step: StepDefinition; readonly flow: FlowDefinition }>()
  for (const flow of flows)
    for (const step of flow.steps) {
      if (steps.has(step.id)) throw new Error(`step listed twice: ${step.id}`)
      steps.set(step.id, { step, flow })
    }
  const entry = (id: string) => {
    const found = steps.get(id)
    if (!found) throw new Fault('RUN-003', { step: id })
    return found
  }
  const flow = (id: string): FlowDefinition => {
    const found = flows.find((candidate) => candidate.flow === id)
    if (!found) throw new Fault('RUN-005', { flow: id })
    return found
  }
  return {
    flows,
    flow,
    flowOfStep: (id) => entry(id).flow,
    automatic(id) {
      const { step } = entry(id)
      if (step.shape === 'human') throw new Fault('RUN-003', { step: id })
      return step
    },
    human(id) {
      const { step } = entry(id)
      if (step.shape !== 'human') throw new Fault('RUN-003', { step: id })
      return step
    },
    worksheet(flowId, kind) {
      const found = flow(flowId).worksheets.find((candidate) => candidate.kind === kind)
      if (!found) throw new Fault('RUN-003', { step: kind })
      return found
    },
  }
}
