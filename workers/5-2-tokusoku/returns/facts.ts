import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Addressee } from '#rules/tokusoku/choose-addressee.ts'
import type { ReturnedLetterFacts, ReturnRefusal } from '#rules/tokusoku/returned-letter.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import { addresseeOf } from '../data/person-facts.ts'
import type { ReturnCase } from './read-case.ts'

/** 係長: decides what is done with letters of persons under 抑止. */
export const isLead = (user: TaskUser): boolean => user.roles.includes('kakaricho')

const NOBODY: Addressee = {
  kind: '本人',
  name: '',
  bornOn: null,
  postalCode: '',
  address: '',
  building: '',
  source: '宛名',
}

/** What the rules look at, on the day `on`. `isApproved`: a 係長 acts, so a protected person may get a letter at a 送付先. */
export function factsOn(kase: ReturnCase, on: PlainDate, isApproved: boolean): ReturnedLetterFacts {
  const { isProtected, ...choice } = addresseeOf(kase, { asOf: on, issueOn: on }, isApproved)
  const printed = kase.letter?.printed ?? null
  // a paper known by a file only was not printed here: there is nothing to compare with
  const changed = kase.lines.find((line) => line.printed !== null && line.printed.chargedYen !== line.chargedYen)
  return {
    reason: kase.reason,
    printed: {
      chargedYen: changed?.printed?.chargedYen ?? 0n,
      addressee: printed?.addressee ?? NOBODY,
    },
    now: {
      chargedYen: changed?.chargedYen ?? 0n,
      unpaidYen: kase.unpaidYen,
      deferrals: kase.deferrals,
      isProtected,
      choice,
    },
    isCancelled: kase.isCancelled,
  }
}

export const faultOf = (refusal: ReturnRefusal): Fault =>
  new Fault(refusal.code, refusal.reason === undefined ? {} : { reason: refusal.reason })
