import { assignedAt, wayWithout } from './assigned.ts'
import { readExpression } from './feel.ts'
import type { Finding } from './finding.ts'
import { leaving, type FlowModel, type ModelElement } from './model.ts'
import type { StepsById } from './step-facts.ts'

/** Every variable that a step needs or an event or gateway reads is set on every path to it, and every FEEL is readable. */
export function checkPaths(model: FlowModel, steps: StepsById): readonly Finding[] {
  const assigned = assignedAt(model, steps)
  return model.elements.flatMap((element) => {
    const known = assigned.get(element.id)
    if (!known) return [unreachable(element)]
    const { needs, unreadable } = readsOf(model, element, steps)
    return [
      ...unreadable.map((text) => unreadableFeel(element, text)),
      ...needs.filter((name) => !known.has(name)).map((name) => unset(model, steps, element, name)),
    ]
  })
}

/** Variables an element reads when a token arrives, and expressions that are no FEEL. */
function readsOf(model: FlowModel, element: ModelElement, steps: StepsById) {
  const texts = expressionsOf(model, element)
  const read = texts.map((text) => ({ text, ...readExpression(text) }))
  const needs = element.kind === 'service' ? (steps.get(element.step ?? '')?.needs ?? []) : []
  return {
    needs: [...new Set([...needs, ...read.flatMap((expression) => expression.variables)])],
    unreadable: read.filter((expression) => !expression.isValid).map((expression) => expression.text),
  }
}

function expressionsOf(model: FlowModel, element: ModelElement): readonly string[] {
  switch (element.kind) {
    case 'exclusive':
      return leaving(model, element.id).flatMap(({ condition }) => (condition === null ? [] : [condition]))
    case 'timer':
      return [element.expression]
    case 'boundary':
      return element.trigger.kind === 'timer' ? [element.trigger.expression] : []
    case 'message':
      return [element.correlation]
    case 'start':
    case 'end':
    case 'parallel':
    case 'service':
    case 'user':
    case 'foreign':
      return []
    default:
      return element satisfies never
  }
}

const titleOf = (element: ModelElement): string => `「${element.name || element.id}」`

function unset(model: FlowModel, steps: StepsById, element: ModelElement, variable: string): Finding {
  const way = wayWithout(model, steps, element.id, variable).map((one) => one.name || one.id)
  return {
    rule: 'path/unset-variable',
    element: element.id,
    message: `${titleOf(element)}が使う ${variable} は、次の道では設定されません: ${way.join(' → ')}`,
    next: `その道のどれかの工程の出力に ${variable} を加えるか、始めの値(koki:variables)に加えてください。`,
  }
}

const unreachable = (element: ModelElement): Finding => ({
  rule: 'path/unreachable',
  element: element.id,
  message: `${titleOf(element)}へ行く道がありません。`,
  next: '前の要素から線を引くか、要素を消してください。',
})

const unreadableFeel = (element: ModelElement, text: string): Finding => ({
  rule: 'path/unreadable-expression',
  element: element.id,
  message: `${titleOf(element)}の式が読めません: ${text}`,
  next: 'FEEL の式に直してください(例: decision = "ok" and targetCount > 0)。',
})
