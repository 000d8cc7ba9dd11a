/** What a person may choose at the end of a step. `release` is the second of two acts (二人の確認). */
export interface Decision {
  readonly value: string
  readonly label: string
  readonly act: 'complete' | 'release'
}

/** A form: a closed JSON Schema (draft 2020-12, the part listed in `processes/README.md`) with Japanese labels. */
export interface Form {
  readonly step: string
  readonly title: string
  readonly decisions: readonly Decision[]
  readonly schema: ObjectSchema
}

export type Schema = Readonly<Record<string, unknown>>
export interface ObjectSchema extends Schema {
  readonly properties: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

const isRecord = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isDecision = (value: unknown): value is Decision =>
  isRecord(value) &&
  typeof value['value'] === 'string' &&
  typeof value['label'] === 'string' &&
  (value['act'] === 'complete' || value['act'] === 'release')

export function isObjectSchema(schema: Schema): schema is ObjectSchema {
  return schema['type'] === 'object' && isRecord(schema['properties'])
}

/** Reads a form's text. Throws with the place of what is missing: closed objects, labels, decisions. */
export function formOf(step: string, text: string): Form {
  const schema: unknown = JSON.parse(text)
  if (!isRecord(schema) || !isObjectSchema(schema)) throw new Error(`${step}: a form is a JSON Schema of an object`)
  if (schema['$id'] !== step) throw new Error(`${step}: $id must be the step's id`)
  const title = schema['title']
  if (typeof title !== 'string') throw new Error(`${step}: title must be the step's official name`)
  const decisions = schema['x-decisions']
  if (!Array.isArray(decisions) || decisions.length === 0 || !decisions.every(isDecision))
    throw new Error(`${step}: x-decisions must list value, label and act of each decision`)
  const values = schema.properties['decision']?.['enum']
  if (JSON.stringify(values) !== JSON.stringify(decisions.map((decision) => decision.value)))
    throw new Error(`${step}: properties.decision.enum must list the values of x-decisions, in their order`)
  requireLabels(step, schema, '')
  return { step, title, decisions, schema }
}

function requireLabels(step: string, schema: ObjectSchema, path: string): void {
  if (schema['additionalProperties'] !== false) throw new Error(`${step}${path}: additionalProperties must be false`)
  for (const [name, property] of Object.entries(schema.properties)) {
    const at = `${path}/${name}`
    if (typeof property['x-label'] !== 'string') throw new Error(`${step}${at}: x-label is missing`)
    const items = property['items']
    for (const nested of [property, ...(isRecord(items) ? [items] : [])])
      if (isObjectSchema(nested)) requireLabels(step, nested, at)
  }
}
