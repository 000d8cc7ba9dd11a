import type { Static } from 'typebox'
import type { Clock } from '#kernel/clock.ts'
import { Fault } from '#kernel/faults.ts'
import { isInForce, plainDateOf } from '#kernel/plain-date.ts'
import type { Register } from '#access/route.ts'
import type { CurrentUser } from '#access/users.ts'
import { appendEvent } from '#audit/append.ts'
import type { Tx } from '#db/database.ts'
import { noticeGlyphs } from '#notices/glyphs.ts'
import { readReductions } from '#notices/read-settings.ts'
import { codePoints, speller } from '#notices/spelling.ts'
import { actorOf } from '#runtime/actor.ts'
import {
  endSpelling,
  insertSpelling,
  printedTexts,
  spellingDecisions,
  spellingOwner,
  type SpellingOwner,
} from './queries/spellings.ts'
import type { SpellingPage, spellingRoutes as table } from './spellings.schema.ts'

type Page = Static<typeof SpellingPage>

/** 代替表記: what is printed for a name or address in which the fonts lack a character. Every look and every decision is an event. */
export function spellingRoutes(route: Register<typeof table>, deps: { readonly clock: Clock }): void {
  route('GET /api/insured/:insuredId/spellings', ({ db, user, params: { insuredId } }) =>
    db.tx(async (tx) => {
      const owner = await ownerOf(tx, insuredId)
      await appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'read',
        actor: actorOf(user),
        subjects: [{ kind: 'insured', id: insuredId }],
        payload: { what: '代替表記', count: 1 },
      })
      return pageOf(tx, insuredId, owner)
    }),
  )
  route('POST /api/insured/:insuredId/spellings', ({ db, user, params: { insuredId }, body }) =>
    db.tx(async (tx) => {
      const owner = await ownerOf(tx, insuredId)
      await decide(tx, insuredId, owner, user, body)
      return pageOf(tx, insuredId, owner)
    }),
  )
  route('POST /api/insured/:insuredId/spellings/:spellingId/end', ({ db, user, params, body }) =>
    db.tx(async (tx) => {
      const { insuredId, spellingId } = params
      const owner = await ownerOf(tx, insuredId)
      const shown = await spellingDecisions(tx, owner)
      const at = deps.clock.now()
      const { userId } = user
      const ended = shown.some((one) => one.spellingId === spellingId)
        ? await endSpelling(tx, { personId: owner.personId, spellingId, ...body, userId, at })
        : null
      if (ended === null) throw new Fault('SPELL-004')
      await appendEvent(tx, {
        at,
        kind: 'spelling-ended',
        actor: actorOf(user),
        subjects: [{ kind: 'insured', id: insuredId }],
        payload: { field: ended.field, endsOn: body.endsOn, reason: body.reason },
      })
      return pageOf(tx, insuredId, owner)
    }),
  )

  async function ownerOf(tx: Tx, insuredId: string): Promise<SpellingOwner> {
    const owner = await spellingOwner(tx, BigInt(insuredId), deps.clock.today())
    if (owner === null) throw new Fault('REQ-002')
    return owner
  }

  /** Only a text that stands in the books now and cannot be printed, and only by one that can. */
  async function decide(
    tx: Tx,
    insuredId: string,
    owner: SpellingOwner,
    user: CurrentUser,
    wanted: Static<(typeof table)['POST /api/insured/:insuredId/spellings']['body']>,
  ): Promise<void> {
    const { field, original, substitute, validFrom, validTo, reason } = wanted
    const at = deps.clock.now()
    if (validTo !== null && validTo < validFrom) throw new Fault('SPELL-005')
    const texts = await printedTexts(tx, owner, deps.clock.today())
    if (!texts.some((one) => one.field === field && one.text === original)) throw new Fault('SPELL-001')
    const missing = noticeGlyphs().missing([original])
    if (missing.length === 0) throw new Fault('SPELL-001')
    const still = noticeGlyphs().missing([substitute])
    if (still.length > 0 || substitute.trim() === '')
      throw new Fault('SPELL-002', { chars: still.map((char) => `${char}(${codePoints(char)})`).join('、') || '空白' })
    const { personId } = owner
    const spelling = { personId, field, original, substitute, validFrom, validTo, reason, userId: user.userId, at }
    if ((await insertSpelling(tx, spelling)) === null) throw new Fault('SPELL-003')
    await appendEvent(tx, {
      at,
      kind: 'spelling-decided',
      actor: actorOf(user),
      subjects: [{ kind: 'insured', id: insuredId }],
      payload: { field, missing: missing.map(codePoints), validFrom, validTo, reason },
    })
  }

  async function pageOf(tx: Tx, insuredId: string, owner: SpellingOwner): Promise<Page> {
    const today = deps.clock.today()
    const decisions = await spellingDecisions(tx, owner)
    const reductions = await readReductions(tx)
    const glyphs = noticeGlyphs()
    const known = decisions.map(({ validFrom, validTo, ...one }) => ({ ...one, from: validFrom, to: validTo }))
    const texts = (await printedTexts(tx, owner, today)).flatMap(({ field, source, text }) => {
      const missing = glyphs.missing([text])
      if (missing.length === 0) return []
      const spelling = speller(known, reductions, glyphs, today)
      const printed = spelling.print(field, text)
      const isPrintable = glyphs.missing([printed]).length === 0
      return {
        field,
        source,
        original: text,
        missing: missing.map((char) => ({ char, code: codePoints(char) })),
        printed: isPrintable ? printed : null,
        by: isPrintable ? (spelling.substitutions[0]?.by ?? null) : null,
      }
    })
    return {
      insuredId,
      insuredNo: owner.insuredNo,
      name: owner.name,
      isProtected: owner.isProtected,
      texts,
      decisions: decisions.map((one) => ({
        ...one,
        isInForce: isInForce(one.validFrom, one.validTo, plainDateOf(today)),
      })),
      today,
    }
  }
}
