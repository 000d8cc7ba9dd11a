import { followers, givesOf } from './assigned.ts'
import { readExpression } from './feel.ts'
import type { Finding } from './finding.ts'
import { leaving, type FlowModel, type ModelElement } from './model.ts'
import type { StepsById } from './step-facts.ts'

const DECISION = 'decision'

/**
 * A gateway on `decision` names only values that the people before it can choose, and leaves at most one value to the
 * default way: with two, one of them was forgotten.
 */
export function checkDecisions(model: FlowModel, steps: StepsById): readonly Finding[] {
  return model.elements.flatMap((element) => {
    if (element.kind !== 'exclusive') return []
    const named = new Set(comparedTexts(model, element))
    if (named.size === 0) return []
    const possible = possibleDecisions(model, element, steps)
    const unknown = [...named].filter((value) => !possible.has(value))
    const unnamed = [...possible].filter((value) => !named.has(value))
    return [
      ...unknown.map((value) =>
        finding('decision/unknown-value', element, `判断 ${value} を選べる工程が前にありません。`),
      ),
      ...(unnamed.length > 1
        ? [finding('decision/forgotten-value', element, `判断 ${unnamed.join(', ')} の行き先が書かれていません。`)]
        : []),
    ]
  })
}

const comparedTexts = (model: FlowModel, element: ModelElement): readonly string[] =>
  leaving(model, element.id).flatMap(({ condition }) =>
    condition === null
      ? []
      : readExpression(condition).comparisons.flatMap(({ variable, text }) => (variable === DECISION ? [text] : [])),
  )

/** Values that `decision` may have at an element: from every step that may have been the last to set it. */
function possibleDecisions(model: FlowModel, target: ModelElement, steps: StepsById): ReadonlySet<string> {
  const setters = model.elements.filter((element) => givesOf(element, steps).includes(DECISION))
  return new Set(
    setters
      .filter((setter) => reaches(model, setter, target, steps))
      .flatMap((setter) => (setter.kind === 'user' ? (steps.get(setter.step ?? '')?.decisions ?? []) : [])),
  )
}

/** Whether a token can go from one element to another without another step setting `decision` on the way. */
function reaches(model: FlowModel, from: ModelElement, target: ModelElement, steps: StepsById): boolean {
  const open: ModelElement[] = followers(model, from).filter((next) => next.kind !== 'boundary')
  const seen = new Set<string>()
  for (const element of open) {
    if (element.id === target.id) return true
    if (seen.has(element.id) || givesOf(element, steps).includes(DECISION)) continue
    seen.add(element.id)
    open.push(...followers(model, element))
  }
  return false
}

const finding = (rule: string, element: ModelElement, message: string): Finding => ({
  rule,
  element: element.id,
  message: `「${element.name || element.id}」: ${message}`,
  next: '分かれ道の条件と、工程の判断の選択肢を合わせてください。',
})
