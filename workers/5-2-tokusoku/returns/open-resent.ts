import { readFile } from 'node:fs/promises'
import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { protectedOn } from '#access/protected-on.ts'
import { isSameAddressee } from '#rules/tokusoku/choose-addressee.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import type { OpenedDocument } from '#runtime/flow.ts'
import { factsOn } from './facts.ts'
import { readCase } from './read-case.ts'

interface Resent {
  readonly returnId: bigint
  readonly stepNumber: number
  readonly resentOn: PlainDate
  readonly unpaidYen: bigint
  readonly isIndividual: boolean
  readonly sha256: string
  readonly runId: string
  readonly runNumber: string
  readonly insuredId: bigint
  readonly isGuarded: boolean
}

/**
 * The paper of a 再発送 (「resend-<uuid>」). Until it leaves it is checked once more, and refused (F52-28) when it was withdrawn, or
 * when payment, 調定, 抑止 or addressee changed. One made before the 抑止 opens for nobody (F52-20).
 */
export async function openResent(deps: RuntimeDeps, id: string): Promise<OpenedDocument | null> {
  const today = deps.clock.today()
  const found = await deps.db.maybe<Resent>(
    `select a.returned_letter_id as "returnId", a.step_number as "stepNumber", a.resent_on as "resentOn",
       a.unpaid_yen as "unpaidYen", a.is_individual as "isIndividual", a.sha256, n.run_id as "runId", r.number as "runNumber",
       n.insured_id as "insuredId", not a.is_individual and ${protectedOn('s.person_id', '$2')} as "isGuarded"
     from resent_letters a join notices n on n.id = a.notice_id join runs r on r.id = n.run_id
     join insured s on s.id = n.insured_id where a.id = $1`,
    [id, today],
  )
  if (found === null) return null
  if (found.isGuarded) throw new Fault('F52-20')
  if (today <= found.resentOn) await refuseChanged(deps, found)
  return {
    runId: found.runId,
    name: `tokusoku-${found.runNumber}-resend-${found.returnId}.pdf`,
    title: '督促状の再発送',
    pdf: await readFile(deps.files.pathOf(found.sha256)),
    insuredIds: [found.insuredId],
    isGuarded: found.isIndividual,
  }
}

async function refuseChanged(deps: RuntimeDeps, resent: Resent): Promise<void> {
  const kase = await readCase(deps.db, resent.returnId)
  const { now, printed } = factsOn(kase, resent.resentOn, true)
  const { addressee, problems } = now.choice
  const isStill =
    kase.step === resent.stepNumber &&
    now.unpaidYen === resent.unpaidYen &&
    now.chargedYen === printed.chargedYen &&
    problems.length === 0 &&
    addressee !== null &&
    isSameAddressee(addressee, printed.addressee)
  if (!isStill) throw new Fault('F52-28')
}
