import { createHash, randomUUID } from 'node:crypto'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { CopyValue } from '#db/copy-text.ts'
import type { Tx } from '#db/database.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { noticeTemplate } from '#notices/templates.ts'
import { failpoint } from '#runtime/failpoints.ts'
import type { Counts, Staged, StepContext } from '#runtime/step.ts'
import type { PrintedFacts } from './load-printed.ts'
import { letterCases, letterOf } from './letters.ts'
import { type NoticeCase, noticeCases } from './load-notice-cases.ts'
import { makeLetters, type NoticeVerdict } from './make-notice.ts'

type Made = Extract<NoticeVerdict, { kind: 'notice' }>
type Unprintable = Extract<NoticeVerdict, { kind: 'unprintable' }>

interface Run {
  readonly asOf: PlainDate
  readonly issueOn: PlainDate
  readonly designatedOn: PlainDate
}

/**
 * Stages notices as 'staged': invisible to every other run. The final transaction reserves the natural keys, lapses the
 * version before, and numbers the letters in print order.
 */
export async function stageNotices(
  verdicts: AsyncIterable<readonly (readonly NoticeVerdict[])[]>,
  run: Run,
  ctx: StepContext,
): Promise<Staged> {
  await ctx.db.run(`delete from notices where step_run_id = $1 and state = 'staged' and attempt < $2`, [
    ctx.stepRunId,
    ctx.attempt,
  ])
  const unprintable: Unprintable[] = []
  let made = 0
  for await (const page of verdicts) {
    const judged = page.flat()
    const notices = judged.filter((one) => one.kind === 'notice')
    unprintable.push(...judged.filter((one) => one.kind === 'unprintable'))
    await ctx.db.tx((tx) =>
      tx.copyIn(
        'notices',
        NOTICE_COLUMNS,
        notices.flatMap((one) => noticeRows(one, run, ctx)),
      ),
    )
    made += notices.length
    failpoint('mid-copy', ctx.stepId)
    await ctx.progress('督促状を作る', made, undefined, unprintable.length)
  }
  return { finish: (tx) => finishNotices(tx, ctx, run, unprintable) }
}

/** Columns of a staged notice, as `noticeRows` gives them. */
export const NOTICE_COLUMNS = [
  'id',
  'kind',
  'run_id',
  'step_run_id',
  'attempt',
  'version',
  'worksheet_id',
  'row_no',
  'instalment_id',
  'insured_id',
  'state',
  'is_individual',
  'printed_unpaid_yen',
  'fee_yen',
  'entaikin_yen',
  'slip_yen',
  'reissue_no',
  'issue_on',
  'designated_on',
  'limit_on',
  'template_sha256',
  'view',
  'view_sha256',
  'printed',
  'made_at',
  'sort_key',
  'letter_id',
]

/**
 * A letter as it is first written: 'staged', without number. A row for each 期割 on it; the first holds the view, the others
 * name the first. `takesPlaceOf`: the row of an earlier letter that a 期割 was taken from.
 */
export function noticeRows(
  one: Made,
  run: Pick<Run, 'issueOn' | 'designatedOn'>,
  ctx: Pick<StepContext, 'runId' | 'stepRunId' | 'attempt' | 'clock'>,
  takesPlaceOf: (kase: NoticeCase) => string | null = () => null,
): readonly (readonly CopyValue[])[] {
  const { lines, made, addressee } = one
  const view = JSON.stringify(made.view)
  const head = { id: randomUUID(), view, hash: createHash('sha256').update(view).digest('hex') }
  return lines.map(({ kase, slipYen }, at) => {
    const row = at === 0 ? { ...head, letterId: null } : { id: randomUUID(), view: null, hash: null, letterId: head.id }
    const former = takesPlaceOf(kase)
    const printed: PrintedFacts = {
      chargedYen: kase.chargedYen.toString(),
      allocatedYen: kase.allocatedNow.toString(),
      deathOn: kase.died_on,
      addressee,
      ...(made.substitutions.length > 0 ? { substitutions: made.substitutions } : {}),
      ...(former === null ? {} : { takesPlaceOf: former }),
    }
    return [
      row.id,
      '督促状',
      ctx.runId,
      ctx.stepRunId,
      ctx.attempt,
      0,
      kase.worksheetId,
      kase.rowNo,
      kase.instalmentId,
      kase.insuredId,
      'staged',
      one.isIndividual,
      kase.unpaidYen,
      kase.feeYen,
      kase.entaikinYen,
      slipYen,
      kase.slipsBefore,
      run.issueOn,
      run.designatedOn,
      kase.limitOn,
      noticeTemplate('tokusoku').sha256,
      row.view,
      row.hash,
      JSON.stringify(printed),
      ctx.clock.now(),
      // 調定年度 last: two instalments that differ in it alone must not be numbered by chance
      [
        addressee.postalCode,
        kase.atenaNo.padStart(15, '0'),
        String(kase.fukaYear),
        kase.tsuchishoNo,
        kase.period,
        String(kase.choteiYear),
      ].join('/'),
      row.letterId,
    ]
  })
}

/** SELECT of the instalments whose natural key is taken: a live 督促状 of any run, or an uncancelled history. */
export const RESERVED = `
  select instalment_id, id as notice_id from notices where kind = '督促状' and state in ('made', 'released', 'dispatched')
  union all select instalment_id, null from tokusoku_history where cancelled_on is null`

async function finishNotices(tx: Tx, ctx: StepContext, run: Run, unprintable: readonly Unprintable[]): Promise<Counts> {
  await tx.run(`select pg_advisory_xact_lock(hashtext('notices natural key'))`)
  await tx.run(`update notices set state = 'lapsed' where run_id = $1 and state = 'made'`, [ctx.runId])
  const { version } = await tx.one<{ version: number }>(
    `select 1 + coalesce(max(version), 0) as version from notices where run_id = $1`,
    [ctx.runId],
  )
  const conflicts = await tx.rows<{ worksheet_id: bigint; row_no: number; instalment_id: bigint; insured_id: bigint }>(
    `update notices n set state = 'cancelled', pull_reason = 'A02', version = $3
     where n.step_run_id = $1 and n.attempt = $2 and n.state = 'staged'
       and exists (select from (${RESERVED}) o where o.instalment_id = n.instalment_id and o.notice_id is distinct from n.id)
     returning worksheet_id, row_no, instalment_id, insured_id`,
    [ctx.stepRunId, ctx.attempt, version],
  )
  const torn = conflicts.length === 0 ? [] : await remakeTorn(tx, ctx, run, version)
  const made = await tx.run(
    `update notices n set state = 'made', version = $3, print_no = o.print_no
     from (select id, row_number() over (order by sort_key collate "C", id) as print_no from notices
           where step_run_id = $1 and attempt = $2 and state = 'staged' and letter_id is null) o
     where n.id = o.id`,
    [ctx.stepRunId, ctx.attempt, version],
  )
  await tx.run(
    `update notices n set state = 'made', version = $3, print_no = o.print_no from notices o
     where n.letter_id is not null and n.step_run_id = $1 and n.attempt = $2 and n.state = 'staged' and o.id = n.letter_id`,
    [ctx.stepRunId, ctx.attempt, version],
  )
  await tx.copyIn(
    'unprintable_notices',
    ['step_run_id', 'run_id', 'worksheet_id', 'row_no', 'instalment_id', 'insured_id', 'reason', 'detail'],
    [
      ...[...unprintable, ...torn].map(({ kase, reason, detail }) => unprintableValues(ctx, kase, reason, detail)),
      ...conflicts.map((row) =>
        unprintableValues(
          ctx,
          {
            worksheetId: row.worksheet_id,
            rowNo: row.row_no,
            instalmentId: row.instalment_id,
            insuredId: row.insured_id,
          },
          'A02',
          '他の処理回で作成済',
        ),
      ),
    ],
  )
  return { made, unprintable: unprintable.length + torn.length, conflicts: conflicts.length, version }
}

/**
 * 一通の一部だけが他の処理回にある: the letter would demand too much. Its other lines are printed on a letter without the line that
 * was lost; returns those that then cannot be made. The torn letter never gets a 印刷番号.
 */
async function remakeTorn(tx: Tx, ctx: StepContext, run: Run, version: number): Promise<readonly Unprintable[]> {
  const torn = await tx.rows<{ rowNo: number }>(
    `update notices n set state = 'lapsed', version = $3
     where n.step_run_id = $1 and n.attempt = $2 and n.state = 'staged' and ${letterOf('n')} in (
       select ${letterOf('o')} from notices o where o.step_run_id = $1 and o.attempt = $2 and o.state = 'cancelled')
     returning n.row_no as "rowNo"`,
    [ctx.stepRunId, ctx.attempt, version],
  )
  if (torn.length === 0) return []
  const options = ctx.options as TokusokuOptions // pinned by this flow
  const rowNos = torn.map(({ rowNo }) => rowNo)
  const judged: NoticeVerdict[] = []
  for await (const page of letterCases(noticeCases(tx, ctx.runId, run, rowNos), options.noticeUnit))
    judged.push(...page.flatMap((cases) => makeLetters(cases, run, options)))
  const letters = judged.filter((one) => one.kind === 'notice')
  await tx.copyIn(
    'notices',
    NOTICE_COLUMNS,
    letters.flatMap((one) => noticeRows(one, run, ctx)),
  )
  return judged.filter((one) => one.kind === 'unprintable')
}

const unprintableValues = (
  ctx: StepContext,
  row: {
    readonly worksheetId: bigint
    readonly rowNo: number
    readonly instalmentId: bigint
    readonly insuredId: bigint
  },
  reason: string,
  detail: string | null,
): readonly CopyValue[] => [
  ctx.stepRunId,
  ctx.runId,
  row.worksheetId,
  row.rowNo,
  row.instalmentId,
  row.insuredId,
  reason,
  detail,
]
