import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify/types/schema.js'
import { placeOfViolation, sayViolation } from '#runtime/say-violation.ts'

const common = { allErrors: true, strict: false, removeAdditional: false, useDefaults: true } as const
// ajv-formats is CommonJS: its function sits on `default` under Node's module rules.
const withFormats = (ajv: Ajv): Ajv => (formats as unknown as { default: (target: Ajv) => Ajv }).default(ajv)

/** Bodies are taken as they are; texts of an address are turned into the numbers their schema names. */
const bodies = withFormats(new Ajv({ ...common, coerceTypes: false, verbose: true }))
const addresses = withFormats(new Ajv({ ...common, coerceTypes: true }))
const replies = withFormats(new Ajv({ ...common, useDefaults: false }))

/** One thing that is wrong with a request, in Japanese, without the value. */
export interface FieldError {
  readonly path: string
  readonly message: string
}

/** A request that does not fit its schema. */
export class InvalidRequest extends Error {
  readonly statusCode = 400
  readonly errors: readonly FieldError[]
  constructor(errors: readonly FieldError[]) {
    super('invalid request')
    this.name = 'InvalidRequest'
    this.errors = errors
  }
}

/** A reply that does not fit its schema: a defect of ours, never sent. */
export class InvalidReply extends Error {
  constructor(errors: readonly ErrorObject[]) {
    super(`reply does not fit its schema: ${errors.map((e) => `${e.instancePath} ${e.message}`).join('; ')}`)
    this.name = 'InvalidReply'
  }
}

/** Checks values against a schema as the body of a request: what is wrong, each with its JSON pointer after `body`. */
export function bodyChecker(schema: object): (value: unknown) => readonly FieldError[] {
  const validate = bodies.compile(schema)
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map((error) => sayError(error, 'body')))
}

export const validatorCompiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) => {
  const validate = (httpPart === 'body' ? bodies : addresses).compile(schema)
  return (value: unknown) =>
    validate(value)
      ? { value }
      : { error: new InvalidRequest((validate.errors ?? []).map((error) => sayError(error, httpPart ?? 'body'))) }
}

/** Every reply is checked: a field that is not in the closed schema must not leave the house. */
export const serializerCompiler: FastifySerializerCompiler<object> = ({ schema }) => {
  const validate: ValidateFunction = replies.compile(schema)
  return (reply: unknown) => {
    if (!validate(reply)) throw new InvalidReply(validate.errors ?? [])
    return JSON.stringify(reply)
  }
}

function sayError(error: ErrorObject, part: string): FieldError {
  return {
    path: `${part === 'querystring' ? 'query' : part}${placeOfViolation(error)}`,
    message: sayViolation(error),
  }
}
