import type { Tx } from '#db/database.ts'
import { readNoticeSettings } from '#notices/read-settings.ts'
import { failpoint } from '#runtime/failpoints.ts'
import type { Counts, Staged, StepContext } from '#runtime/step.ts'
import { letterOf, wholeGroups } from './letters.ts'
import type { MadeNotice } from './load-printed.ts'
import {
  buildPrintFile,
  type BuiltFile,
  type Letter,
  pulledWhole,
  pullNotices,
  recordPrintFile,
  type Pulled,
} from './print-files.ts'

/** Sheets of one print file at most: a letter has one for each 期割, and a rendering child holds them all. */
const SHEETS_PER_FILE = 500
/** Files rendered at the same time. */
const IN_WORK = 2

interface Judged {
  readonly notice: MadeNotice
  /** 引抜きの理由 when something changed since the release. */
  readonly pull: string | null
}

interface Staging extends BuiltFile {
  readonly isIndividual: boolean
}

/**
 * 印刷ファイル: at most 500 sheets each in print order, individual notices (抑止) in a file of their own. The bytes are
 * stored under their hash first; the rows that make them a print file come in the final transaction.
 */
export async function stagePrintFiles(verdicts: AsyncIterable<readonly Judged[]>, ctx: StepContext): Promise<Staged> {
  const settings = await readNoticeSettings(ctx.read)
  const files: Promise<Staging>[] = []
  const pulled: Pulled[] = []
  const open = { bulk: [] as Letter[], individual: [] as Letter[] }
  const begins = { bulk: fileBeginnings(), individual: fileBeginnings() }
  const tell = await progressOf(ctx)
  let letters = 0
  const close = async (which: 'bulk' | 'individual'): Promise<void> => {
    if (open[which].length === 0) return
    await files.at(-IN_WORK) // not more files in work than rendering children
    const building = buildPrintFile(open[which], settings, ctx.files).then(async (file) => {
      await tell.built(file)
      return { ...file, isIndividual: which === 'individual' }
    })
    building.catch(() => undefined) // awaited below; a failure before that must not end the process
    files.push(building)
    open[which] = []
    failpoint('mid-copy', ctx.stepId)
  }
  for await (const page of wholeGroups(verdicts, ({ notice }) => notice.letterId))
    for (const [first, ...others] of page) {
      const letter: Letter = [first.notice, ...others.map(({ notice }) => notice)]
      const reasons = new Map([first, ...others].map(({ notice, pull }) => [notice, pull]))
      const out = pulledWhole(letter, (row) => reasons.get(row) ?? null)
      if (out !== null) {
        pulled.push(...out)
        continue
      }
      const which = first.notice.isIndividual ? 'individual' : 'bulk'
      if (begins[which](letter.length)) await close(which)
      open[which].push(letter)
      letters++
    }
  await close('bulk')
  await close('individual')
  const built = await Promise.all(files)
  await tell.all(letters)
  return { finish: (tx) => recordFiles(tx, ctx, built, pulled) }
}

/** Asked for one letter after the other, by its sheets: whether it begins a new print file. */
function fileBeginnings(): (sheets: number) => boolean {
  let filled = SHEETS_PER_FILE
  return (sheets) => {
    const begins = filled + sheets > SHEETS_PER_FILE
    filled = begins ? sheets : filled + sheets
    return begins
  }
}

/** How many print files letters of so many sheets make, in their order. */
export const countFiles = (letters: readonly number[]): number => letters.filter(fileBeginnings()).length

/**
 * 進み具合: letters that lie in a finished print file, of all that were released, and how many files there are of those to come:
 * what is pulled at the last moment may make them fewer.
 */
async function progressOf(ctx: StepContext) {
  const released = await ctx.read.rows<{ isIndividual: boolean; sheets: number }>(
    `select n.is_individual as "isIndividual", count(*)::int as sheets from notices n
     where n.run_id = $1 and n.state = 'released' group by ${letterOf('n')}, n.is_individual order by min(n.print_no)`,
    [ctx.runId],
  )
  const sheetsOf = (which: boolean) => released.flatMap((one) => (one.isIndividual === which ? [one.sheets] : []))
  const planned = countFiles(sheetsOf(false)) + countFiles(sheetsOf(true))
  const done = { files: 0, letters: 0 }
  const tell = (total: number, files = planned) =>
    ctx.progress(`印刷ファイルを作る(${done.files} / ${files}本)`, done.letters, total)
  await tell(released.length)
  return {
    async built({ noticeIds }: BuiltFile): Promise<void> {
      done.files++
      done.letters += noticeIds.length
      await tell(released.length)
    },
    /** What was pulled at the last moment is in no file. */
    all: (letters: number) => tell(letters, done.files),
  }
}

async function recordFiles(
  tx: Tx,
  ctx: StepContext,
  files: readonly Staging[],
  pulled: readonly Pulled[],
): Promise<Counts> {
  await pullNotices(tx, pulled)
  let number = 0
  for (const file of files) {
    number++
    const { runId, stepRunId } = ctx
    const { isIndividual } = file
    await recordPrintFile(tx, { runId, stepRunId, version: 1, number, isIndividual }, file, ctx.clock)
  }
  const counted = await tx.one<{ released: number; pulled: number }>(
    `select (count(distinct ${letterOf('n')}) filter (where state = 'released'))::int as released,
       (count(distinct ${letterOf('n')}) filter (where state = 'pulled'))::int as pulled
     from notices n where run_id = $1`,
    [ctx.runId],
  )
  return { ...counted, files: files.length }
}
