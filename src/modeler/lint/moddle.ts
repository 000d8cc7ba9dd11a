import { BpmnModdle } from 'bpmn-moddle'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }

/** A node of the parsed XML: typed by `$type`, everything else by attribute name. */
export interface Moddle {
  readonly $type: string
  readonly [attribute: string]: unknown
}

const isModdle = (value: unknown): value is Moddle =>
  typeof value === 'object' && value !== null && '$type' in value && typeof value.$type === 'string'

/** Parses a model. Throws when the XML is broken or holds something BPMN does not know. */
export async function parseModdle(xml: string): Promise<Moddle> {
  const { rootElement, warnings } = await new BpmnModdle({ zeebe }).fromXML(xml)
  if (!isModdle(rootElement)) throw new Error('the XML holds no BPMN definitions')
  const [warning] = warnings
  if (warning) throw new Error(`the model cannot be read without loss: ${warning.message}`)
  return rootElement
}

export const childrenOf = (node: Moddle, attribute: string): readonly Moddle[] => {
  const value = node[attribute]
  return Array.isArray(value) ? value.filter(isModdle) : []
}
export const childOf = (node: Moddle, attribute: string): Moddle | null => {
  const value = node[attribute]
  return isModdle(value) ? value : null
}
export const textOf = (node: Moddle, attribute: string): string | null => {
  const value = node[attribute]
  return typeof value === 'string' ? value : null
}
export const idOf = (node: Moddle): string => textOf(node, 'id') ?? ''

/** An extension element of a node, by type: `zeebe:TaskDefinition` … */
export function extensionOf(node: Moddle, type: string): Moddle | null {
  const extensions = childOf(node, 'extensionElements')
  return extensions ? (childrenOf(extensions, 'values').find((value) => value.$type === type) ?? null) : null
}

/** Key–value pairs of `zeebe:taskHeaders` (`key`) or `zeebe:properties` (`name`). */
export function extensionPairs(node: Moddle, kind: 'headers' | 'properties'): ReadonlyMap<string, string> {
  const found = extensionOf(node, kind === 'headers' ? 'zeebe:TaskHeaders' : 'zeebe:Properties')
  const pairs = found ? childrenOf(found, kind === 'headers' ? 'values' : 'properties') : []
  return new Map(
    pairs.map((pair) => [textOf(pair, kind === 'headers' ? 'key' : 'name') ?? '', textOf(pair, 'value') ?? '']),
  )
}
