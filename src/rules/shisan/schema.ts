/**
 * The pieces of a 試算's input and output: plain JSON Schema (closed objects, a Japanese `title` on everything), from which
 * the check of a request, the form, the page in the docs and the TypeScript types are made. Yen are JSON integers, dates
 * `YYYY-MM-DD`. A value that does not exist is left out; there is no null.
 */
interface Described {
  readonly title: string
  readonly description?: string
}

export interface IntegerField extends Described {
  readonly type: 'integer'
  readonly minimum: number
  readonly maximum: number
  readonly default?: number
  readonly 'x-unit'?: string
}

/** A decimal number, such as a rate in %; never an amount of money. */
export interface NumberField extends Described {
  readonly type: 'number'
  readonly minimum: number
  readonly maximum: number
  readonly 'x-unit': string
}

export interface TextField extends Described {
  readonly type: 'string'
  readonly minLength: number
  readonly maxLength: number
  readonly pattern?: string
}

export interface DateField extends Described {
  readonly type: 'string'
  readonly format: 'date'
  readonly pattern: string
  /** What is said of a day that the pattern refuses. */
  readonly 'x-refusal': string
  /** Said by the western calendar: 2026年8月20日. */
  readonly 'x-calendar'?: 'western'
}

export interface ChoiceField extends Described {
  readonly enum: readonly (string | number)[]
  /** What a person reads for each value of `enum`, in the same order. */
  readonly 'x-labels': readonly string[]
  /** What else is said of a value that is none of a long list: how one is written, where the list stands. */
  readonly 'x-refusal'?: string
  readonly default?: string | number
}

export interface FlagField extends Described {
  readonly type: 'boolean'
  readonly default?: boolean
}

export interface ListField extends Described {
  readonly type: 'array'
  readonly items: Field
  readonly minItems: number
  readonly maxItems: number
}

export interface RecordField extends Described {
  readonly type: 'object'
  readonly additionalProperties: false
  readonly required: readonly string[]
  readonly properties: Readonly<Record<string, Field>>
}

export type Field =
  | IntegerField
  | NumberField
  | TextField
  | DateField
  | ChoiceField
  | FlagField
  | ListField
  | RecordField

declare const shape: unique symbol
/** Carries the TypeScript type of a field's value; nothing at run time. */
interface Typed<Value, Sent = Value> {
  readonly [shape]?: { readonly value: Value; readonly sent: Sent }
}

/** The value `compute` works on: what was sent, with the defaults filled in. */
export type ValueOf<F> = F extends { readonly [shape]?: { readonly value: infer V } } ? V : never
/** The value as it is sent: what has a default may be absent. */
export type SentOf<F> = F extends { readonly [shape]?: { readonly sent: infer V } } ? V : never

type Properties = Readonly<Record<string, Field>>
type HasDefault = { readonly default: string | number | boolean }
/** Spreads an intersection out, so that the types of a definition can be read. */
type Flat<T> = { readonly [K in keyof T]: T[K] }
type ValuesOf<R, O> = Flat<
  { [K in keyof R]: ValueOf<R[K]> } & { [K in keyof O as O[K] extends HasDefault ? K : never]: ValueOf<O[K]> } & {
    [K in keyof O as O[K] extends HasDefault ? never : K]?: ValueOf<O[K]>
  }
>
type SentsOf<R, O> = Flat<{ [K in keyof R]: SentOf<R[K]> } & { [K in keyof O]?: SentOf<O[K]> }>

interface Range {
  readonly description?: string
  readonly minimum?: number
  readonly maximum?: number
}

/** 円: 0 to 9,999,999,999 unless told. */
export const yen = (title: string, range: Range = {}) =>
  integer(title, '円', { minimum: 0, maximum: 9_999_999_999, ...range })

/** A whole number with its unit (回, 月, 日, 歳, 人, 年度; '' for none). */
export const integer = (
  title: string,
  unit: string,
  range: Range & { readonly minimum: number; readonly maximum: number },
): IntegerField & Typed<number> => ({ type: 'integer', title, ...(unit === '' ? {} : { 'x-unit': unit }), ...range })

/** 年度, as the western year. 祝日 are known up to 2050, 後期高齢者医療 begins with 2008. */
export const fiscalYear = (title = '年度') => integer(title, '年度', { minimum: 2008, maximum: 2049 })

/** A calendar month 1–12. */
export const month = (title: string, description?: string) =>
  integer(title, '月', { minimum: 1, maximum: 12, ...(description === undefined ? {} : { description }) })

/** 率(%), 0 to 100. */
export const percent = (title: string, description?: string): NumberField & Typed<number> => ({
  type: 'number',
  title,
  ...(description === undefined ? {} : { description }),
  minimum: 0,
  maximum: 100,
  'x-unit': '%',
})

/** 日付, from 明治6年1月1日 (before it another calendar was in force) to the end of 2099. */
export const date = (title: string, description?: string): DateField & Typed<string> => ({
  type: 'string',
  format: 'date',
  title,
  ...(description === undefined ? {} : { description }),
  pattern: '^(187[3-9]|18[89]|19|20)',
  'x-refusal': '1873年(明治6年)から2099年までの日にしてください。',
})

/** 日付 that is said by the western calendar. */
export const westernDate = (title: string): DateField & Typed<string> => ({ ...date(title), 'x-calendar': 'western' })

export const text = (
  title: string,
  limits: {
    readonly description?: string
    readonly minLength?: number
    readonly maxLength: number
    readonly pattern?: string
  },
): TextField & Typed<string> => ({ type: 'string', title, minLength: 1, ...limits })

/** One of a few values; a value that does not explain itself comes with its words: `[100, '100円']`. */
export const choice = <const T extends string | number>(
  title: string,
  options: readonly (T | readonly [T, string])[],
  description?: string,
): ChoiceField & Typed<T> => {
  const pairs = options.map((one) => (typeof one === 'object' ? one : ([one, String(one)] as const)))
  return {
    title,
    ...(description === undefined ? {} : { description }),
    enum: pairs.map(([value]) => value),
    'x-labels': pairs.map(([, label]) => label),
  }
}

export const flag = (title: string, description?: string): FlagField & Typed<boolean> => ({
  type: 'boolean',
  title,
  ...(description === undefined ? {} : { description }),
})

/** 端数の単位 of a 期割, by ordinance; 100円 unless told. */
export const instalmentUnit = () =>
  withDefault(
    choice(
      '端数の単位',
      [
        [100, '100円'],
        [1000, '1,000円'],
        [1, '1円'],
      ],
      '条例の定め',
    ),
    100,
  )

/** A choice out of a long list, with what is said of a value that is not in it. */
export const refusing = <F extends ChoiceField>(field: F, refusal: string): F => ({ ...field, 'x-refusal': refusal })

/** An optional field with the value it has when it is absent. */
export const withDefault = <F extends Field, const D extends ValueOf<F> & (string | number | boolean)>(
  field: F,
  value: D,
): F & { readonly default: D } => ({ ...field, default: value })

/** Rows: 世帯員, 年金, 期別. */
export const list = <F extends Field>(
  title: string,
  items: F,
  limits: { readonly description?: string; readonly minItems: number; readonly maxItems: number },
): ListField & Typed<readonly ValueOf<F>[], readonly SentOf<F>[]> => ({ type: 'array', title, items, ...limits })

/** A closed object: what must be there, then what may be absent. A field with a `default` belongs to the second. */
export const record = <R extends Properties, O extends Properties = Record<never, Field>>(
  title: string,
  required: R,
  optional?: O,
): RecordField & Typed<ValuesOf<R, O>, SentsOf<R, O>> => ({
  type: 'object',
  title,
  additionalProperties: false,
  required: Object.keys(required),
  properties: { ...required, ...optional },
})

/** The value with the defaults of its schema filled in, also inside rows and records. */
export function fillDefaults(field: Field, value: unknown): unknown {
  if (!('type' in field)) return value
  if (field.type === 'array' && Array.isArray(value)) return value.map((one) => fillDefaults(field.items, one))
  if (field.type !== 'object' || typeof value !== 'object' || value === null) return value
  const filled: Record<string, unknown> = { ...value }
  for (const [name, property] of Object.entries(field.properties)) {
    if (filled[name] !== undefined) filled[name] = fillDefaults(property, filled[name])
    else if ('default' in property) filled[name] = property.default
  }
  return filled
}
