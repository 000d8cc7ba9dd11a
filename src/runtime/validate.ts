import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { AnyObject } from './schema.ts'

const ajv = new Ajv2020({ allErrors: true, strict: false, coerceTypes: false, removeAdditional: false })
// ajv-formats is CommonJS: its function sits on `default` under Node's module rules.
;(formats as unknown as { default: (target: Ajv2020) => void }).default(ajv)
const compiled = new WeakMap<AnyObject, ValidateFunction>()

/** What is wrong with a value, as short texts without the value itself; empty when it fits. */
export function violations(schema: AnyObject, value: unknown): readonly string[] {
  let validate = compiled.get(schema)
  if (!validate) {
    validate = ajv.compile(schema)
    compiled.set(schema, validate)
  }
  if (validate(value)) return []
  return (validate.errors ?? []).map((e) => {
    const extra = e.keyword === 'additionalProperties' ? ` (${String(e.params['additionalProperty'])})` : ''
    return `${e.instancePath || '/'} ${e.message ?? e.keyword}${extra}`
  })
}
