/** A flow as a graph: what the generator, the path analysis and the lint rules need of a model. */
export interface FlowModel {
  readonly processId: string
  readonly name: string
  /** Name of the message that starts a run. */
  readonly messageName: string | null
  /** Process variables a run starts with (`koki:variables` of the start event). */
  readonly startVariables: readonly string[]
  readonly lanes: readonly string[]
  readonly elements: readonly ModelElement[]
  readonly sequences: readonly Sequence[]
}

interface Common {
  readonly id: string
  readonly name: string
  readonly lane: string | null
}

export type ModelElement = Common &
  (
    | { readonly kind: 'start' | 'end' }
    | { readonly kind: 'exclusive'; readonly defaultFlow: string | null }
    | { readonly kind: 'parallel' }
    | { readonly kind: 'timer'; readonly expression: string }
    | { readonly kind: 'message'; readonly messageName: string; readonly correlation: string }
    | { readonly kind: 'service'; readonly step: string | null }
    | {
        readonly kind: 'user'
        readonly step: string | null
        readonly formKey: string | null
        readonly groups: readonly string[]
      }
    | {
        readonly kind: 'boundary'
        readonly on: string
        readonly isInterrupting: boolean
        readonly trigger: Trigger
        /** Role to be told when a deadline passes (`koki:notify`). */
        readonly notify: string | null
      }
    /** Anything the house does not use; the lint names it. */
    | { readonly kind: 'foreign'; readonly type: string }
  )

export type Trigger =
  | { readonly kind: 'timer'; readonly expression: string }
  | { readonly kind: 'error'; readonly code: string | null }
  | { readonly kind: 'foreign'; readonly type: string }

export interface Sequence {
  readonly id: string
  readonly name: string
  readonly from: string
  readonly to: string
  /** FEEL without the leading `=`. */
  readonly condition: string | null
}

/** The element with this id. Throws when there is none: ids come from the model itself. */
export function elementOf(model: FlowModel, id: string): ModelElement {
  const found = model.elements.find((element) => element.id === id)
  if (!found) throw new Error(`${model.processId} has no element ${id}`)
  return found
}

export const leaving = (model: FlowModel, id: string): readonly Sequence[] =>
  model.sequences.filter((sequence) => sequence.from === id)
export const entering = (model: FlowModel, id: string): readonly Sequence[] =>
  model.sequences.filter((sequence) => sequence.to === id)

/** The tasks that run a step of ours. */
export const stepElements = (model: FlowModel): readonly Extract<ModelElement, { kind: 'service' | 'user' }>[] =>
  model.elements.filter((element) => element.kind === 'service' || element.kind === 'user')
