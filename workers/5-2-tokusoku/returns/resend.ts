import { createHash, randomUUID } from 'node:crypto'
import { Fault } from '#kernel/faults.ts'
import { addDays, type PlainDate } from '#kernel/plain-date.ts'
import { loadHolidays } from '#db/calendar.ts'
import type { Sql, Tx } from '#db/database.ts'
import { noticeGlyphs } from '#notices/glyphs.ts'
import { renderPrintFile } from '#notices/print-file.ts'
import { readNoticeSettings } from '#notices/read-settings.ts'
import { noticeTemplate } from '#notices/templates.ts'
import { sumYen, type TokusokuLine } from '#notices/tokusoku-notice.ts'
import { tokusokuView } from '#notices/tokusoku.view.ts'
import { onOrNextBusinessDay } from '#rules/calendar/business-days.ts'
import { type Addressee, isSameAddressee } from '#rules/tokusoku/choose-addressee.ts'
import { resolveTokusokuOptions } from '#rules/tokusoku/options.ts'
import { UNPRINTABLE_REASONS } from '#rules/tokusoku/reasons.ts'
import {
  mayResendOn,
  OPEN_RETURN_STATES,
  refuseResend,
  resendDates,
  type ServedDates,
} from '#rules/tokusoku/returned-letter.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import type { ResendPlan, ReturnedLetters } from '#runtime/returned-letters.ts'
import type { PrintedFacts } from '../data/load-printed.ts'
import { factsOn, faultOf, isLead } from './facts.ts'
import { type LastLetter, lockOpenCase, readCase, type ReturnCase } from './read-case.ts'
import { writeStep } from './write-step.ts'

const HOLIDAYS_AHEAD = 120
const NOTE_MIN = 5

/** What a 再発送 prints, once nothing stands in its way. */
interface Prepared {
  readonly letter: LastLetter
  readonly addressee: Addressee
  readonly isProtected: boolean
  readonly dates: ServedDates
  readonly isNewSlip: boolean
  readonly reissueNo: number
}

/**
 * 再発送: the same 督促 once more, checked for payment, 調定, 猶予, 抑止, death and addressee as they are now. The letter shows the
 * balance of today; a new 指定期限 or another balance makes a new slip (再発行区分 + 1). Its print file is its own.
 */
export const resend: ReturnedLetters['resend'] = async (deps, act) =>
  deps.db.tx(async (tx) => {
    const { resentOn, user } = act
    const kase = await lockOpenCase(tx, act, () => ({ state: '再発送', actedOn: resentOn }))
    if (kase === null) return
    const hasNote = (act.note?.trim().length ?? 0) >= NOTE_MIN
    if (act.isSameAddressConfirmed && !hasNote)
      throw new Fault('TASK-010', { reason: '同じ宛先への再発送', need: '5字以上のメモ' })
    const prepared = await prepare(tx, kase, { ...act, today: deps.clock.today() })
    const printed = await print(tx, deps, kase, prepared)
    const number = kase.step + 1
    await writeStep(
      tx,
      {
        kind: 'letter-resent',
        returnId: kase.id,
        number,
        from: kase.state,
        to: '再発送',
        actedOn: resentOn,
        reason: null,
        note: act.note,
        dates: prepared.dates,
      },
      { ...kase, runId: prepared.letter.runId },
      { user, clock: deps.clock },
    )
    await keep(tx, deps, { kase, prepared, printed, number, resentOn })
  })

/** 再発送の見込み for today's facts, if it left today or on the next 開庁日. */
export async function planResend(
  deps: RuntimeDeps,
  sql: Sql,
  returnId: bigint,
  user: TaskUser,
): Promise<ResendPlan | null> {
  const kase = await readCase(sql, returnId)
  const { letter } = kase
  if (letter === null || !OPEN_RETURN_STATES.includes(kase.state)) return null
  const today = deps.clock.today()
  const holidays = await loadHolidays(sql, today, addDays(today, HOLIDAYS_AHEAD))
  const resentOn = onOrNextBusinessDay(today, holidays)
  const facts = factsOn(kase, resentOn, isLead(user))
  const dates = resendDates(resentOn, letter.designatedOn, optionsOf(letter), holidays)
  const isSame =
    facts.now.choice.addressee !== null && isSameAddressee(facts.now.choice.addressee, facts.printed.addressee)
  const refusal = refuseResend(facts, resentOn, { isLead: isLead(user), isSameAddressConfirmed: true })
  const fault = refusal === null ? null : faultOf(refusal)
  return {
    resentOn,
    designatedOn: dates.designatedOn,
    isNewSlip: dates.isRenewed || kase.unpaidYen !== letter.unpaidYen,
    printedYen: letter.unpaidYen,
    unpaidYen: kase.unpaidYen,
    isSameAddressee: isSame,
    refusal: fault && { code: fault.code, message: fault.message, next: fault.next },
  }
}

const optionsOf = (letter: LastLetter) => resolveTokusokuOptions(letter.options.versions, letter.issueOn)

async function prepare(
  tx: Tx,
  kase: ReturnCase,
  act: {
    readonly resentOn: PlainDate
    readonly today: PlainDate
    readonly user: TaskUser
    readonly isSameAddressConfirmed: boolean
  },
): Promise<Prepared> {
  const { letter } = kase
  if (letter === null) throw new Fault('F52-24', { reason: 'この処理で作った督促状ではありません' })
  const holidays = await loadHolidays(tx, act.today, addDays(act.resentOn, HOLIDAYS_AHEAD))
  if (!mayResendOn(act.resentOn, act.today, holidays))
    throw new Fault('TASK-010', { reason: '再発送する日', need: '本日から14日までの開庁日' })
  const options = optionsOf(letter)
  const lead = isLead(act.user)
  const facts = factsOn(kase, act.resentOn, lead && options.dvIndividualNotice)
  const refusal = refuseResend(facts, act.resentOn, {
    isLead: lead,
    isSameAddressConfirmed: act.isSameAddressConfirmed,
  })
  if (refusal !== null) throw faultOf(refusal)
  const { addressee } = facts.now.choice
  if (addressee === null) throw new Fault('F52-24', { reason: UNPRINTABLE_REASONS.U01.label })
  const { isRenewed, ...dates } = resendDates(act.resentOn, letter.designatedOn, options, holidays)
  const isNewSlip = isRenewed || kase.unpaidYen !== letter.unpaidYen
  return {
    letter,
    addressee,
    isProtected: facts.now.isProtected,
    dates,
    isNewSlip,
    reissueNo: isNewSlip ? letter.highestReissue + 1 : letter.reissueNo,
  }
}

/** The letter's view and bytes. Throws F52-24 when a character or the window stops it. */
async function print(tx: Tx, deps: RuntimeDeps, kase: ReturnCase, prepared: Prepared) {
  const { letter, addressee } = prepared
  const settings = await readNoticeSettings(tx)
  const [first, ...others] = stillOwed(kase, prepared)
  if (first === undefined) throw new Fault('F52-23')
  const made = tokusokuView(
    {
      noticeNo: letter.noticeNo,
      ...first,
      others,
      insuredNo: kase.insuredNo,
      insuredName: kase.name,
      addressee,
      spellings: kase.spellings,
      spelledOn: prepared.dates.servedOn,
      run: {
        asOf: prepared.isNewSlip ? deps.clock.today() : letter.asOf,
        issueOn: letter.issueOn,
        designatedOn: prepared.dates.designatedOn,
      },
    },
    optionsOf(letter),
    settings,
    noticeGlyphs(),
  )
  const [problem] = made.problems
  if (problem !== undefined) throw new Fault('F52-24', { reason: UNPRINTABLE_REASONS[problem.code].label })
  const view = JSON.stringify(made.view)
  const { pdf, pageCount } = await renderPrintFile([view], settings)
  const { slipYen, substitutions } = made
  return { view, slipYen, substitutions, byteSize: pdf.length, pageCount, sha256: await deps.files.put(pdf) }
}

/** 期割 that a 再発送 prints: what has been paid in full since is left out. A new slip of one is a new slip of all. */
const stillOwed = ({ lines }: ReturnCase, { letter, reissueNo }: Prepared): readonly TokusokuLine[] =>
  lines
    .filter(({ unpaidYen }) => unpaidYen > 0n)
    .map(({ key, dueOn, chargedYen, unpaidYen, printed }) => ({
      key,
      dueOn,
      chargedYen,
      receivedYen: chargedYen - unpaidYen,
      unpaidYen,
      feeYen: printed?.feeYen ?? 0n,
      entaikinYen: printed?.entaikinYen ?? 0n,
      reissue: (printed?.reissueNo ?? 0) + reissueNo - letter.firstReissueNo,
    }))

async function keep(
  tx: Tx,
  deps: RuntimeDeps,
  of: {
    readonly kase: ReturnCase
    readonly prepared: Prepared
    readonly printed: Awaited<ReturnType<typeof print>>
    readonly number: number
    readonly resentOn: PlainDate
  },
): Promise<void> {
  const { kase, prepared, printed } = of
  const facts: PrintedFacts = {
    chargedYen: sumYen(kase.lines.map((line) => line.chargedYen)).toString(),
    allocatedYen: prepared.letter.printed.allocatedYen,
    deathOn: kase.died_on,
    addressee: prepared.addressee,
    ...(printed.substitutions.length > 0 ? { substitutions: printed.substitutions } : {}),
  }
  await tx.run(
    `insert into resent_letters (id, returned_letter_id, step_number, notice_id, resent_on, designated_on, reissue_no, unpaid_yen,
       slip_yen, is_individual, template_sha256, view, view_sha256, printed, sha256, byte_size, page_count, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      randomUUID(),
      kase.id,
      of.number,
      prepared.letter.noticeId,
      of.resentOn,
      prepared.dates.designatedOn,
      prepared.reissueNo,
      kase.unpaidYen,
      printed.slipYen,
      prepared.isProtected,
      noticeTemplate('tokusoku').sha256,
      printed.view,
      createHash('sha256').update(printed.view).digest('hex'),
      JSON.stringify(facts),
      printed.sha256,
      printed.byteSize,
      printed.pageCount,
      deps.clock.now(),
    ],
  )
}
