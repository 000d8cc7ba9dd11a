import { Type } from 'typebox'
import { closedObject, Day, IdText, Instant, nullable, oneOf, type RouteTable } from '#access/route-schema.ts'
import { SPELLING_FIELDS } from '#rules/names/printed-spelling.ts'

const Text = Type.String({ minLength: 1, maxLength: 200 })
const Reason = Type.String({ minLength: 5, maxLength: 200 })

/** 代替表記の一件. */
const Decision = closedObject({
  spellingId: IdText,
  field: oneOf(SPELLING_FIELDS),
  original: Type.String(),
  substitute: Type.String(),
  validFrom: Day,
  validTo: nullable(Day),
  reason: Type.String(),
  decidedBy: Type.String(),
  decidedAt: Instant,
  endedReason: nullable(Type.String()),
  endedBy: nullable(Type.String()),
  endedAt: nullable(Instant),
  /** In force today. */
  isInForce: Type.Boolean(),
})

/** 字形のない文字 and what is decided about them, of one person. */
export const SpellingPage = closedObject({
  insuredId: IdText,
  insuredNo: Type.String(),
  name: Type.String(),
  isProtected: Type.Boolean(),
  /** Texts as they would be printed today in which a character has no glyph. Of a protected person the name only. */
  texts: Type.Array(
    closedObject({
      field: oneOf(SPELLING_FIELDS),
      /** 「宛名」 or 「送付先(代理)」: where the text comes from. */
      source: Type.String(),
      original: Type.String(),
      missing: Type.Array(closedObject({ char: Type.String(), code: Type.String() })),
      /** What is printed instead, decided or by the 縮退 of the municipality; null = nothing yet: 発行不能 U03. */
      printed: nullable(Type.String()),
      by: nullable(oneOf(['代替表記', '縮退'])),
    }),
  ),
  decisions: Type.Array(Decision),
  today: Day,
})

const Of = closedObject({ insuredId: IdText })

export const spellingRoutes = {
  'GET /api/insured/:insuredId/spellings': {
    summary: '代替表記: 字形のない文字と、代わりに印字する表記',
    params: Of,
    reply: SpellingPage,
  },
  'POST /api/insured/:insuredId/spellings': {
    summary: '代替表記を決める',
    params: Of,
    body: closedObject({
      field: oneOf(SPELLING_FIELDS),
      original: Text,
      substitute: Text,
      validFrom: Day,
      validTo: nullable(Day),
      reason: Reason,
    }),
    reply: SpellingPage,
    status: 201,
  },
  'POST /api/insured/:insuredId/spellings/:spellingId/end': {
    summary: '代替表記を終える',
    params: closedObject({ insuredId: IdText, spellingId: IdText }),
    body: closedObject({ endsOn: Day, reason: Reason }),
    reply: SpellingPage,
  },
} as const satisfies RouteTable
