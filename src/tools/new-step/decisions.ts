import { readExpression } from '#modeler/lint/feel.ts'
import { elementOf, leaving, type FlowModel, type Sequence } from '#modeler/lint/model.ts'
import type { Decision } from '../contract/form.ts'

/** The decisions of a human step, as the gateway behind it names them; without a gateway there is only 「完了する」. */
export function decisionsAfter(model: FlowModel, elementId: string): readonly Decision[] {
  const [next] = leaving(model, elementId)
  const gateway = next && elementOf(model, next.to)
  if (gateway?.kind !== 'exclusive') return [{ value: 'ok', label: '完了する', act: 'complete' }]
  const ways = leaving(model, gateway.id)
  const found = ways.map((way) => ({
    value: valueOf(way, way.id === gateway.defaultFlow),
    label: way.name,
    act: 'complete' as const,
  }))
  return found
    .filter((one, index) => found.findIndex((other) => other.value === one.value) === index)
    .toSorted((a, b) => Number(b.value === 'ok') - Number(a.value === 'ok'))
}

/** The value a condition compares with; the default way is called by the end of its id: `G002_Redo` → `redo`. */
function valueOf(way: Sequence, isDefault: boolean): string {
  const compared = readExpression(way.condition ?? '').comparisons.find(({ variable }) => variable === 'decision')
  if (compared) return compared.text
  if (isDefault) return (way.id.split('_').at(-1) ?? '').toLowerCase()
  throw new Error(`${way.id}: the condition does not say which decision takes this way`)
}
