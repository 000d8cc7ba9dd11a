import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { placeOfViolation, sayViolation } from './say-violation.ts'
import type { AnyObject } from './schema.ts'

const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true, coerceTypes: false, removeAdditional: false })
// ajv-formats is CommonJS: its function sits on `default` under Node's module rules.
;(formats as unknown as { default: (target: Ajv2020) => void }).default(ajv)
const compiled = new WeakMap<AnyObject, ValidateFunction>()

/** What is wrong with a value, as short Japanese texts without the value itself; empty when it fits. */
export function violations(schema: AnyObject, value: unknown): readonly string[] {
  let validate = compiled.get(schema)
  if (!validate) {
    validate = ajv.compile(schema)
    compiled.set(schema, validate)
  }
  if (validate(value)) return []
  // of a broken if / then / else, what is wrong stands beside it
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if')
  return errors.map((error) => `${nameOf(schema, placeOfViolation(error))} ${sayViolation(error)}`)
}

/** 「発送した日」 where the form names its field, else its path. */
function nameOf(schema: AnyObject, place: string): string {
  const [, field = '', ...rest] = place.split('/')
  const property = schema.properties[field] as { readonly 'x-label'?: unknown } | undefined // ours, beside the keywords
  const label = property?.['x-label']
  return rest.length === 0 && typeof label === 'string' ? label : place.slice(1) || '全体'
}
