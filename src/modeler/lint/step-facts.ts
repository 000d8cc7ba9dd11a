/** What the path analysis must know of a step: what it reads, what it leaves behind, how it may end. */
export interface StepFacts {
  readonly id: string
  readonly officialName: string
  readonly kind: 'service' | 'user'
  /** Process variables it cannot run without. A human step takes its input from its form, so this is empty there. */
  readonly needs: readonly string[]
  /** Variables it sets every time. */
  readonly gives: readonly string[]
  /** BPMN error codes of business refusals it may throw. A defect is no refusal: it becomes an incident. */
  readonly refusals: readonly string[]
  /** Values of `decision` a person may choose; null for an automatic step. */
  readonly decisions: readonly string[] | null
}

export type StepsById = ReadonlyMap<string, StepFacts>
