import { Fault } from '#kernel/faults.ts'
import { RETURN_END_REASONS } from '#rules/tokusoku/reasons.ts'
import { postingDates, refusePosting, stateOnReturn } from '#rules/tokusoku/returned-letter.ts'
import type { ReturnedLetters } from '#runtime/returned-letters.ts'
import { factsOn, faultOf, isLead } from './facts.ts'
import { isDone, lockInsured, lockOpenCase, readCase, type ReturnCase } from './read-case.ts'
import { recordReturn } from './record-return.ts'
import { planResend, resend } from './resend.ts'
import { type CaseStep, writeStep } from './write-step.ts'

const NOTE_MIN = 5
const lengthOf = (note: string | null): number => note?.trim().length ?? 0

type StepMore = Omit<CaseStep, 'returnId' | 'number' | 'from' | 'note'>
/** The step that follows on `kase`. */
const nextStep = (kase: ReturnCase, act: { readonly note: string | null }, more: StepMore): CaseStep => ({
  returnId: kase.id,
  number: kase.step + 1,
  from: kase.state,
  note: act.note,
  ...more,
})
const letterOf = (kase: ReturnCase) => ({ ...kase, runId: kase.letter?.runId ?? null })

/** 公示送達: recorded when it hangs at the board; served seven days later. */
const post: ReturnedLetters['post'] = (deps, act) =>
  deps.db.tx(async (tx) => {
    const kase = await lockOpenCase(tx, act, () => ({ state: '公示送達', actedOn: act.postedOn }))
    if (kase === null) return
    const printedOn = kase.letter?.designatedOn ?? kase.historyDesignatedOn
    if (printedOn === null) throw new Fault('F52-24', { reason: '督促状ではありません' })
    if (act.postedOn < kase.returnedOn || act.postedOn > deps.clock.today())
      throw new Fault('TASK-010', { reason: '公示した日', need: '戻った日から本日までの日' })
    const refusal = refusePosting(factsOn(kase, act.postedOn, false), act.postedOn, {
      isLead: isLead(act.user),
      isRecorder: kase.recordedBy === act.user.userId,
      hasReason: lengthOf(act.note) >= NOTE_MIN,
    })
    if (refusal !== null) throw faultOf(refusal)
    const step = nextStep(kase, act, {
      kind: 'letter-posted',
      to: '公示送達',
      actedOn: act.postedOn,
      reason: null,
      dates: postingDates(act.postedOn, printedOn),
    })
    await writeStep(tx, step, letterOf(kase), { user: act.user, clock: deps.clock })
  })

/** 再発送の取りやめ: until the day it was to leave; the letter counts as not sent. */
const withdraw: ReturnedLetters['withdraw'] = (deps, act) =>
  deps.db.tx(async (tx) => {
    await lockInsured(tx, act.returnId)
    const kase = await readCase(tx, act.returnId)
    const today = deps.clock.today()
    if (isDone(kase, act, { state: stateOnReturn(kase.reason), actedOn: today })) return
    if (kase.step !== act.step || kase.state !== '再発送') throw new Fault('F52-29')
    if (kase.actedOn < today) throw new Fault('TASK-010', { reason: '再発送の取りやめ', need: '再発送する日まで' })
    const step = nextStep(kase, act, {
      kind: 'letter-resend-withdrawn',
      to: stateOnReturn(kase.reason),
      actedOn: today,
      reason: null,
      dates: null,
    })
    await writeStep(tx, step, letterOf(kase), { user: act.user, clock: deps.clock })
  })

/** 調査の経過: the state stays. */
const note: ReturnedLetters['note'] = (deps, act) =>
  deps.db.tx(async (tx) => {
    const kase = await lockOpenCase(tx, act, ({ state }) => ({ state, actedOn: deps.clock.today() }))
    if (kase === null) return
    if (lengthOf(act.note) === 0) throw new Fault('TASK-010', { reason: '調査の経過', need: '本文' })
    const step = nextStep(kase, act, {
      kind: 'return-noted',
      to: kase.state,
      actedOn: deps.clock.today(),
      reason: null,
      dates: null,
    })
    await writeStep(tx, step, letterOf(kase), { user: act.user, clock: deps.clock })
  })

/** 調査終了: nothing more is sent. 完納 only when nothing is owed. */
const end: ReturnedLetters['end'] = (deps, act) =>
  deps.db.tx(async (tx) => {
    const kase = await lockOpenCase(tx, act, () => ({ state: '調査終了', actedOn: deps.clock.today() }))
    if (kase === null) return
    const { label, noteMin } = RETURN_END_REASONS[act.reason]
    if (lengthOf(act.note) < noteMin) throw new Fault('TASK-010', { reason: label, need: `${noteMin}字以上のメモ` })
    if (act.reason === 'Z1' && kase.unpaidYen > 0n) throw new Fault('TASK-010', { reason: label, need: '全額の納付' })
    const step = nextStep(kase, act, {
      kind: 'return-ended',
      to: '調査終了',
      actedOn: deps.clock.today(),
      reason: act.reason,
      dates: null,
    })
    await writeStep(tx, step, letterOf(kase), { user: act.user, clock: deps.clock })
  })

/** 返戻とその後 of 督促状, and of 納入通知書 as far as 001 needs to know. */
export const tokusokuReturns: ReturnedLetters = {
  papers: ['督促状', '納入通知書'],
  record: (deps, { user, ...letter }) => deps.db.tx((tx) => recordReturn(tx, letter, { user, clock: deps.clock })),
  plan: planResend,
  resend,
  withdraw,
  post,
  note,
  end,
}
