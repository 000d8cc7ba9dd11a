import { elementOf, entering, leaving, type FlowModel, type ModelElement } from './model.ts'
import type { StepsById } from './step-facts.ts'

/** For each element: the variables that are set whenever a token arrives there, whatever way it came. */
export type Assigned = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Definitely assigned variables at the entrance of every element, over all paths with loops and gateways: the greatest
 * fixed point of "set on every way in". Elements that no token reaches are absent.
 */
export function assignedAt(model: FlowModel, steps: StepsById): Assigned {
  const entrance = new Map<string, ReadonlySet<string>>()
  const start = model.elements.find((element) => element.kind === 'start')
  if (!start) return entrance
  entrance.set(start.id, new Set(model.startVariables))
  const open = [start]
  for (let element = open.pop(); element; element = open.pop()) {
    for (const next of followers(model, element)) {
      const before = entrance.get(next.id)
      const now = meet(model, next, entrance, steps)
      if (now === null || before?.size === now.size) continue // sets only shrink, so equal size means no change
      entrance.set(next.id, now)
      open.push(next)
    }
  }
  return entrance
}

/** Variables that are set when the element is left, beside those at its entrance. */
export const givesOf = (element: ModelElement, steps: StepsById): readonly string[] =>
  element.kind === 'service' || element.kind === 'user' ? (steps.get(element.step ?? '')?.gives ?? []) : []

/** Where a token goes from here; events on a task's edge start while the task is open. */
export const followers = (model: FlowModel, element: ModelElement): readonly ModelElement[] => [
  ...leaving(model, element.id).map((sequence) => elementOf(model, sequence.to)),
  ...model.elements.filter((other) => other.kind === 'boundary' && other.on === element.id),
]

/** What all known ways into an element have in common; a parallel join waits for all its ways and has what any brings. */
function meet(
  model: FlowModel,
  element: ModelElement,
  entrance: Assigned,
  steps: StepsById,
): ReadonlySet<string> | null {
  if (element.kind === 'boundary') return entrance.get(element.on) ?? null // the task has not given anything yet
  const sources = entering(model, element.id).map((sequence) => elementOf(model, sequence.from))
  const ways = sources.flatMap((source) => {
    const known = entrance.get(source.id)
    return known ? [[...known, ...givesOf(source, steps)]] : []
  })
  if (element.kind === 'parallel') return ways.length < sources.length ? null : new Set(ways.flat())
  const [first = [], ...others] = ways.map((way) => new Set(way))
  return new Set([...first].filter((name) => others.every((other) => other.has(name))))
}

/** A shortest way from the start to an element on which nothing sets the variable: the proof of a finding. */
export function wayWithout(
  model: FlowModel,
  steps: StepsById,
  target: string,
  variable: string,
): readonly ModelElement[] {
  const start = model.elements.find((element) => element.kind === 'start')
  const ways: (readonly ModelElement[])[] = start ? [[start]] : []
  const seen = new Set<string>()
  for (const way of ways) {
    const last = way.at(-1)
    if (!last || seen.has(last.id)) continue
    if (last.id === target) return way
    seen.add(last.id)
    const isSetHere = givesOf(last, steps).includes(variable)
    for (const next of followers(model, last)) if (!isSetHere || next.kind === 'boundary') ways.push([...way, next])
  }
  return []
}
