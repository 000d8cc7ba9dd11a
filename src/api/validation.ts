import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify/types/schema.js'

const common = { allErrors: true, strict: false, removeAdditional: false, useDefaults: true } as const
// ajv-formats is CommonJS: its function sits on `default` under Node's module rules.
const withFormats = (ajv: Ajv): Ajv => (formats as unknown as { default: (target: Ajv) => Ajv }).default(ajv)

/** Bodies are taken as they are; texts of an address are turned into the numbers their schema names. */
const bodies = withFormats(new Ajv({ ...common, coerceTypes: false }))
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
  const params = error.params as Readonly<Record<string, unknown>> // by keyword, see ajv
  const extra = params['additionalProperty'] ?? params['missingProperty']
  const place = `${error.instancePath}${typeof extra === 'string' ? `/${extra}` : ''}` || '/'
  return {
    path: `${part === 'querystring' ? 'query' : part}${place === '/' ? '' : place}`,
    message: say(error, params),
  }
}

function say({ keyword }: ErrorObject, params: Readonly<Record<string, unknown>>): string {
  const limit = typeof params['limit'] === 'number' ? String(params['limit']) : ''
  switch (keyword) {
    case 'additionalProperties':
      return 'この項目はありません。'
    case 'required':
      return '必須の項目です。'
    case 'type':
      return '値の型が違います。'
    case 'enum':
      return '選べる値ではありません。'
    case 'format':
      return (
        { date: '日付は 2026-11-13 の形にしてください。', uuid: '番号の形が違います。' }[String(params['format'])] ??
        '形が違います。'
      )
    case 'minLength':
      return `${limit}字以上で入力してください。`
    case 'maxLength':
      return `${limit}字以内で入力してください。`
    case 'minimum':
      return `${limit}以上にしてください。`
    case 'maximum':
      return `${limit}以下にしてください。`
    case 'minItems':
      return `${limit}件以上にしてください。`
    case 'maxItems':
      return `${limit}件以内にしてください。`
    default:
      return '形が違います。'
  }
}
