import { type TSchema, Type } from 'typebox'
import { closedObject, type RouteTable } from '#access/route-schema.ts'
import type { JsonRecord } from '#rules/shisan/definition.ts'
import { SHISAN, type ShisanName } from '#rules/shisan/index.ts'
import type { RecordField } from '#rules/shisan/schema.ts'

/** The schemas of a definition are JSON Schema already. */
const jsonOf = (schema: RecordField) => Type.Unsafe<JsonRecord>({ ...schema })
/** A JSON Schema as a value: for the form and the table of the result. */
const Schema = Type.Unsafe<RecordField>({ type: 'object' })
const Lines = Type.Array(Type.String())

const Line = closedObject({
  label: Type.String(),
  how: Type.String(),
  value: Type.String(),
  basis: Type.Optional(Type.String()),
})

interface Calculation {
  readonly summary: string
  readonly body: ReturnType<typeof jsonOf>
  readonly reply: ReturnType<typeof replyOf>
}
const replyOf = (output: RecordField) => closedObject({ output: jsonOf(output), lines: Type.Array(Line) })

/** One route a 試算, so that the document shows exactly what each takes and gives. */
const calculations = Object.fromEntries(
  SHISAN.map(({ name, term, input, output }) => [
    `POST /api/shisan/${name}`,
    { summary: `試算: ${term}`, body: jsonOf(input), reply: replyOf(output) },
  ]),
) as Readonly<Record<`POST /api/shisan/${ShisanName}`, Calculation>> // the names of the list itself

export const shisanRoutes = {
  'GET /api/shisan': {
    summary: '試算の一覧: 名前、根拠、算式、入力と結果の形',
    reply: closedObject({
      items: Type.Array(
        closedObject({
          name: Type.Unsafe<ShisanName>({ type: 'string' } satisfies TSchema),
          term: Type.String(),
          summary: Type.String(),
          basis: Lines,
          formula: Lines,
          doubts: Lines,
          input: Schema,
          output: Schema,
        }),
      ),
    }),
  },
  ...calculations,
} as const satisfies RouteTable
