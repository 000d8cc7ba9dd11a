import { Type, type Static } from 'typebox'

/**
 * レイアウト定義(プロファイル): how one kind of file is written. Data, so that a municipality replaces it without code.
 * `name` is the column's heading in the file, `field` our name for it. A column marked `isProtected` is a protected field
 * (支援措置): its value is never repeated in a line error.
 */
const common = {
  name: Type.String({ minLength: 1 }),
  field: Type.String({ pattern: '^[a-z][a-z0-9_]*$' }),
  required: Type.Optional(Type.Boolean()),
  isProtected: Type.Optional(Type.Boolean()),
}
const closed = { additionalProperties: false } as const

const TextColumn = Type.Object({ ...common, type: Type.Literal('text'), max: Type.Integer({ minimum: 1 }) }, closed)
const DigitsColumn = Type.Object(
  {
    ...common,
    type: Type.Literal('digits'),
    min: Type.Integer({ minimum: 1 }),
    max: Type.Integer({ minimum: 1 }),
    /** A narrower pattern than "digits only", and what it means in Japanese. */
    pattern: Type.Optional(Type.String()),
    hint: Type.Optional(Type.String()),
  },
  closed,
)
const CodeColumn = Type.Object(
  { ...common, type: Type.Literal('code'), codes: Type.Record(Type.String(), Type.String()) },
  closed,
)
const DateColumn = Type.Object({ ...common, type: Type.Literal('date') }, closed)
const YearColumn = Type.Object({ ...common, type: Type.Literal('year') }, closed)
const YenColumn = Type.Object({ ...common, type: Type.Literal('yen') }, closed)

export const ProfileColumn = Type.Union([TextColumn, DigitsColumn, CodeColumn, DateColumn, YearColumn, YenColumn])
export type ProfileColumn = Static<typeof ProfileColumn>

export const ProfileSchema = Type.Object(
  {
    kind: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    title: Type.String({ minLength: 1 }),
    version: Type.Integer({ minimum: 1 }),
    direction: Type.Union([Type.Literal('in'), Type.Literal('out')]),
    /** Only `difference` is read today: a file adds to what is known, it never removes what it does not name. */
    mode: Type.Literal('difference'),
    /** Left out: CSV. `zengin-furikae`: records of 120 bytes, whose places are public and not ours to move. */
    format: Type.Optional(Type.Literal('zengin-furikae')),
    encoding: Type.Union([Type.Literal('utf-8'), Type.Literal('cp932')]),
    lineEnd: Type.Union([Type.Literal('crlf'), Type.Literal('lf')]),
    header: Type.Boolean(),
    onBadLine: Type.Union([Type.Literal('listLine'), Type.Literal('refuseFile')]),
    columns: Type.Array(ProfileColumn, { minItems: 1 }),
  },
  closed,
)
export type Profile = Static<typeof ProfileSchema>

/** The PostgreSQL type of a column in the staging table. */
export function sqlTypeOf(column: ProfileColumn): 'text' | 'date' | 'int' | 'bigint' {
  switch (column.type) {
    case 'text':
    case 'digits':
    case 'code':
      return 'text'
    case 'date':
      return 'date'
    case 'year':
      return 'int'
    case 'yen':
      return 'bigint'
    default:
      return column satisfies never
  }
}
