import { entering, leaving, type FlowModel, type ModelElement } from '#modeler/lint/model.ts'

/** An element instance as the records told it. `position` is that of its first record. */
export interface Passed {
  readonly elementId: string
  readonly key: bigint
  readonly state: 'activating' | 'active' | 'completed' | 'terminated'
  readonly position: bigint
}
export interface TakenFlow {
  readonly flowId: string
  readonly position: bigint
}

/** Where a run goes on. `again`: element instances that have ended and whose stored answer is told once more. */
export interface OpenElements {
  readonly elements: readonly string[]
  readonly again: readonly bigint[]
}

/**
 * The open elements of an instance, from the records up to any point: what is active, and tokens on their way, since the
 * stream may have been cut between the end of one element and the beginning of the next. `startedAt` are the elements at
 * which the instance itself was made to begin. Empty: not even the start is known.
 *
 * Throws `RangeError` when a token waits where no instance can begin (a join behind something that is no step).
 */
export function openElements(
  model: FlowModel,
  path: {
    readonly passed: readonly Passed[]
    readonly taken: readonly TakenFlow[]
    readonly startedAt: readonly string[]
  },
): OpenElements {
  const elements: string[] = []
  const again: bigint[] = []
  const begin = (id: string): void => void elements.push(id)
  const kindOf = (id: string): ModelElement['kind'] | undefined =>
    model.elements.find((element) => element.id === id)?.kind

  /** A token on its way along a flow. */
  const along = (flowId: string): void => {
    const flow = model.sequences.find(({ id }) => id === flowId)
    if (flow === undefined) throw new RangeError(`${model.processId} has no flow ${flowId}`)
    const isJoin = kindOf(flow.to) === 'parallel' && entering(model, flow.to).length > 1
    if (!isJoin) return begin(flow.to)
    const source = path.passed.findLast(({ elementId, state }) => elementId === flow.from && state === 'completed')
    const kind = kindOf(flow.from)
    if (source === undefined || (kind !== 'service' && kind !== 'user' && kind !== 'timer'))
      throw new RangeError(`${model.processId}: a token waits at ${flow.to}, behind ${flow.from}`)
    begin(flow.from) // what was answered is answered again, and the token waits at the join as before
    if (kind !== 'timer') again.push(source.key)
  }

  for (const { elementId, state } of path.passed) {
    if (state !== 'activating' && state !== 'active') continue
    const kind = kindOf(elementId)
    if (kind === 'start') leaving(model, elementId).forEach(({ id }) => along(id))
    else if (kind !== 'boundary') begin(elementId) // a warning of an open task warns again by itself
  }

  const { arriving, begun } = match(model, path.passed, path.taken)
  arriving.forEach(along)
  for (const id of path.startedAt) {
    const at = begun.indexOf(id)
    if (at < 0) begin(id)
    else begun.splice(at, 1)
  }

  for (const element of model.elements) {
    const outgoing = leaving(model, element.id)
    const ended = path.passed.filter(({ elementId, state }) => elementId === element.id && state === 'completed').length
    const times = (flowId: string): number => path.taken.filter((flow) => flow.flowId === flowId).length
    if (element.kind === 'boundary' || outgoing.length === 0 || ended === 0) continue
    if (element.kind === 'exclusive') {
      const missing = ended - outgoing.reduce((sum, { id }) => sum + times(id), 0)
      for (let n = 0; n < missing; n++) begin(element.id)
    } else for (const { id } of outgoing) for (let n = times(id); n < ended; n++) along(id)
  }
  const work = elements.filter((id) => kindOf(id) !== 'end')
  if (work.length > 0) return { elements: work, again }
  const ending = elements[0] ?? path.passed.findLast(({ elementId }) => kindOf(elementId) === 'end')?.elementId
  if (ending !== undefined) return { elements: [ending], again }
  if (path.passed.length > 0) throw new RangeError(`${model.processId}: the instance was ended from outside`)
  return { elements: [], again }
}

/** Which taken flows have not reached their element, and which element instances began without one. */
function match(model: FlowModel, passed: readonly Passed[], taken: readonly TakenFlow[]) {
  const byPosition = (a: { readonly position: bigint }, b: { readonly position: bigint }): number =>
    a.position < b.position ? -1 : 1
  const waiting = new Map<string, TakenFlow[]>()
  const targetOf = new Map(model.sequences.map(({ id, to }) => [id, to]))
  const begun: string[] = []
  const events = [
    ...taken.map((flow) => ({ position: flow.position, flow, instance: null })),
    ...passed.map((instance) => ({ position: instance.position, flow: null, instance })),
  ].toSorted(byPosition)
  for (const { flow, instance } of events) {
    if (flow !== null) {
      const target = targetOf.get(flow.flowId)
      if (target === undefined) throw new RangeError(`${model.processId} has no flow ${flow.flowId}`)
      waiting.set(target, [...(waiting.get(target) ?? []), flow])
      continue
    }
    const element = model.elements.find(({ id }) => id === instance.elementId)
    const wanted = element?.kind === 'parallel' ? Math.max(1, entering(model, element.id).length) : 1
    const here = waiting.get(instance.elementId) ?? []
    if (here.length === 0) begun.push(instance.elementId)
    waiting.set(instance.elementId, here.slice(wanted))
  }
  return { arriving: [...waiting.values()].flat().map(({ flowId }) => flowId), begun }
}
