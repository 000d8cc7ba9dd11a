import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { SYSTEM } from '#audit/events.ts'
import { protectedOn } from '#access/protected-on.ts'
import { appendEvent } from '#audit/append.ts'
import type { Tx } from '#db/database.ts'
import { readNoticeSettings } from '#notices/read-settings.ts'
import { proposePull } from '#rules/tokusoku/propose-pull.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import type { PinnedOptions } from './plan.ts'
import { resolveTokusokuOptions } from '#rules/tokusoku/options.ts'
import { wholeGroups } from './letters.ts'
import { factsHash, loadPrinted, type MadeNotice } from './load-printed.ts'
import {
  buildPrintFile,
  type Letter,
  pulledWhole,
  pullNotices,
  recordPrintFile,
  type PrintFileKey,
  type Pulled,
} from './print-files.ts'
import { recountLetters } from './results.ts'
import { readRunDates } from './run-params.ts'

interface PrintFile {
  readonly id: string
  readonly runId: string
  readonly number: number
  readonly version: number
}

/**
 * 渡す前の再確認: letters of the file about which something changed since the release become 引抜き, and the file is built again as its next
 * version without them and without any that was pulled elsewhere (007); the old bytes are kept but no longer handed out.
 * Returns how many are out; 0 = the file is still right. Under the run's lock: two who download, or a download and 007,
 * come one after the other. Throws F52-19 when somebody else has just replaced the file.
 */
export async function replaceChangedFile(deps: RuntimeDeps, file: PrintFile): Promise<number> {
  return deps.db.tx(async (tx) => {
    await tx.run(`select 1 from runs where id = $1 for no key update`, [file.runId])
    const { state } = await tx.one<{ state: string }>(`select state from print_files where id = $1`, [file.id])
    if (state !== 'current') throw new Fault('F52-19')
    const inFile = await noticesOf(tx, file.id, deps.clock.today())
    const { kept, pulled } = await judge(tx, file, inFile)
    const out = inFile.size - kept.length
    if (out === 0) return 0
    await pullNotices(tx, pulled)
    await tx.run(`update print_files set state = 'superseded' where id = $1`, [file.id])
    if (kept.length > 0) {
      const built = await buildPrintFile(kept, await readNoticeSettings(tx), deps.files)
      const { isIndividual, stepRunId } = await tx.one<Pick<PrintFileKey, 'isIndividual' | 'stepRunId'>>(
        `select is_individual as "isIndividual", step_run_id as "stepRunId" from print_files where id = $1`,
        [file.id],
      )
      const { runId, number } = file
      await recordPrintFile(
        tx,
        { runId, number, version: file.version + 1, isIndividual, stepRunId },
        built,
        deps.clock,
      )
    }
    await recountLetters(tx, file.runId)
    await appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'print-file-replaced',
      actor: SYSTEM,
      runId: file.runId,
      payload: { number: file.number, version: file.version, pulled: out },
    })
    return out
  })
}

interface InFile {
  readonly state: string
  /** 抑止 came, by today, upon a letter that names the address to be kept secret. */
  readonly isGuarded: boolean
}

/** The letters of a print file, by their first row. */
async function noticesOf(tx: Tx, printFileId: string, today: PlainDate): Promise<ReadonlyMap<string, InFile>> {
  const rows = await tx.rows<InFile & { readonly id: string }>(
    `select n.id, n.state, not n.is_individual and ${protectedOn('s.person_id', '$2')} as "isGuarded"
     from print_file_notices p join notices n on n.id = p.notice_id join insured s on s.id = n.insured_id
     where p.print_file_id = $1`,
    [printFileId, today],
  )
  return new Map(rows.map((one) => [one.id, one]))
}

/**
 * What may stay in the file. A letter that has left (発送登録済) is not judged any more, and stays unless 抑止 came; one that has
 * not left is kept back by 抑止 of today too, when the 発送日 is over.
 */
async function judge(tx: Tx, file: PrintFile, inFile: ReadonlyMap<string, InFile>) {
  const dates = await readRunDates(tx, file.runId)
  const { options: pinned } = await tx.one<{ options: PinnedOptions }>(`select options from runs where id = $1`, [
    file.runId,
  ])
  const options = resolveTokusokuOptions(pinned.versions, dates.issueOn as PlainDate)
  const kept: Letter[] = []
  const pulled: Pulled[] = []
  const reasonOf = (row: MadeNotice, { state, isGuarded }: InFile): string | null => {
    if (state === 'dispatched') return null
    if (row.isDunned) return 'A02'
    const isUnchanged = factsHash(row.now) === row.releasedFacts
    const change = isUnchanged ? null : (proposePull(row.printed, row.now, dates, options)?.code ?? null)
    return change ?? (isGuarded ? 'P06' : null)
  }
  const rows = loadPrinted(tx, { runId: file.runId, ...dates }, ['released', 'dispatched'])
  for await (const page of wholeGroups(rows, ({ letterId }) => letterId))
    for (const letter of page) {
      const there = inFile.get(letter[0].letterId)
      if (there === undefined || (there.state === 'dispatched' && there.isGuarded)) continue
      const out = pulledWhole(letter, (row) => reasonOf(row, there))
      if (out === null) kept.push(letter)
      else pulled.push(...out)
    }
  return { kept, pulled }
}
