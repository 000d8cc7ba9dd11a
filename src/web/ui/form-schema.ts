/** One choice of a decision, as a form names it. `act`: what the server is asked to do. */
export interface DecisionChoice {
  readonly value: string
  readonly label: string
  readonly act: 'complete' | 'propose' | 'release'
}

/** A field of a form, read from its JSON Schema. */
export interface FormField {
  readonly name: string
  readonly label: string
  readonly kind: 'text' | 'lines' | 'date' | 'integer' | 'choice' | 'check' | 'checks' | 'rows'
  readonly isRequired: boolean
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  /** 「通」: of a number. */
  readonly unit: string
  readonly maxLength: number | undefined
  /** Fields of one row, for `rows`. */
  readonly fields: readonly FormField[]
}

/** The parts of JSON Schema our forms use; a form is checked by the server again. */
export interface FormSchema {
  readonly properties?: Readonly<Record<string, FormSchema>>
  readonly required?: readonly string[]
  readonly allOf?: readonly { readonly if?: FormSchema; readonly then?: FormSchema; readonly else?: FormSchema }[]
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly string[]
  readonly const?: string
  readonly items?: FormSchema
  readonly maxLength?: number
  readonly 'x-label'?: string
  readonly 'x-labels'?: Readonly<Record<string, string>>
  readonly 'x-when'?: readonly string[]
  readonly 'x-multiline'?: boolean
  readonly 'x-unit'?: string
  readonly 'x-decisions'?: readonly DecisionChoice[]
}

export const decisionsOf = (form: FormSchema): readonly DecisionChoice[] => form['x-decisions'] ?? []

/** Fields a decision asks for, in the form's order. */
export function fieldsOf(form: FormSchema, decision: string): FormField[] {
  const required = new Set([...(form.required ?? []), ...conditional(form, { decision })])
  return Object.entries(form.properties ?? {})
    .filter(([name, { 'x-when': when }]) => name !== 'decision' && (when === undefined || when.includes(decision)))
    .map(([name, schema]) => toField(name, schema, required.has(name)))
}

/** 見た注意: only those that hold on the screen are asked for, and then they must be ticked. */
export const withNotices = (fields: readonly FormField[], holding: readonly string[]): FormField[] =>
  fields.flatMap((field) => {
    if (field.name !== 'acknowledged') return [field]
    const choices = field.choices.filter(({ value }) => holding.includes(value))
    return choices.length === 0 ? [] : [{ ...field, choices, isRequired: true }]
  })

/** What `allOf` / `if` adds to the required fields for these values; conditions of our forms test one constant. */
function conditional(form: FormSchema, values: Readonly<Record<string, unknown>>): readonly string[] {
  return (form.allOf ?? []).flatMap((rule) => {
    const tests = Object.entries(rule.if?.properties ?? {})
    const holds = tests.every(([name, { const: wanted }]) => values[name] === wanted)
    return (holds ? rule.then?.required : rule.else?.required) ?? []
  })
}

function toField(name: string, schema: FormSchema, isRequired: boolean): FormField {
  const choiceSchema = schema.type === 'array' ? schema.items : schema
  const choices = (choiceSchema?.enum ?? []).map((value) => ({
    value,
    label: choiceSchema?.['x-labels']?.[value] ?? value,
  }))
  const items = schema.items
  return {
    name,
    label: schema['x-label'] ?? name,
    kind: kindOf(schema),
    isRequired,
    choices,
    unit: schema['x-unit'] ?? '',
    maxLength: schema.maxLength,
    fields:
      items?.type === 'object'
        ? Object.entries(items.properties ?? {}).map(([key, of]) =>
            toField(key, of, items.required?.includes(key) ?? false),
          )
        : [],
  }
}

function kindOf(schema: FormSchema): FormField['kind'] {
  if (schema.type === 'array') return schema.items?.type === 'object' ? 'rows' : 'checks'
  if (schema.type === 'boolean') return 'check'
  if (schema.enum) return 'choice'
  if (schema.format === 'date') return 'date'
  if (schema.type === 'integer') return 'integer'
  return schema['x-multiline'] ? 'lines' : 'text'
}

export type FormValues = Readonly<Record<string, unknown>>

/** Required fields that are still empty. */
export const missingFields = (fields: readonly FormField[], values: FormValues): FormField[] =>
  fields.filter(({ name, isRequired }) => isRequired && isEmpty(values[name]))

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Only the fields that are asked for and filled: what is not asked for is refused by the server. */
export const valuesOf = (fields: readonly FormField[], values: FormValues): FormValues =>
  Object.fromEntries(fields.filter(({ name }) => !isEmpty(values[name])).map(({ name }) => [name, values[name]]))
