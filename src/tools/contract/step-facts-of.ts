import type { StepFacts } from '#modeler/lint/step-facts.ts'
import type { AnyObject } from '#runtime/schema.ts'

/** The part of a step's definition that its contract hangs on; every `StepDefinition` has it. */
export interface ContractedStep {
  readonly id: string
  readonly officialName: string
  readonly shape: 'step' | 'batch' | 'human'
  readonly functions: readonly string[]
  readonly input: AnyObject
  readonly output: AnyObject
  /** BPMN error codes of business refusals, when the step has any that the model catches. */
  readonly refusals?: readonly string[]
}

/** What the path analysis needs of a step, read off its schemas. */
export function factsOf(step: ContractedStep): StepFacts {
  const isHuman = step.shape === 'human'
  return {
    id: step.id,
    officialName: step.officialName,
    kind: isHuman ? 'user' : 'service',
    needs: isHuman ? [] : (step.input.required ?? []),
    gives: step.output.required ?? [],
    refusals: step.refusals ?? [],
    decisions: isHuman ? decisionsOf(step.input) : null,
  }
}

export const factsById = (steps: readonly ContractedStep[]): ReadonlyMap<string, StepFacts> =>
  new Map(steps.map((step) => [step.id, factsOf(step)]))

function decisionsOf(form: AnyObject): readonly string[] {
  const decision: unknown = form.properties['decision']
  const values = typeof decision === 'object' && decision !== null && 'enum' in decision ? decision.enum : []
  return Array.isArray(values) ? values.map(String) : []
}
