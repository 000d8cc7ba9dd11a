import type { Static } from 'typebox'
import { yenToJson } from '#kernel/yen.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'
import { protectedOn } from '#access/protected-on.ts'
import type { FlowDefinition } from '#runtime/flow.ts'
import type { DocumentInfo, RunDetail, RunFile, RunNotice } from '../runs.schema.ts'

/** 印刷ファイル of a run, newest version first. */
export async function documentsOf(sql: Sql, runId: string): Promise<Static<typeof DocumentInfo>[]> {
  const rows = await sql.rows<{
    id: string
    version: number
    number: number
    isIndividual: boolean
    noticeCount: number
    pageCount: number
    byteSize: bigint
    sha256: string
    state: Static<typeof DocumentInfo>['state']
    builtAt: string
  }>(
    `select id, version, number, is_individual as "isIndividual", notice_count as "noticeCount", page_count as "pageCount",
       byte_size as "byteSize", sha256, state, built_at as "builtAt" from print_files
     where run_id = $1 and state <> 'building' order by version desc, number`,
    [runId],
  )
  return rows.map(({ id, isIndividual, byteSize, ...file }) => ({
    ...file,
    documentId: `print-${id}`,
    kind: isIndividual ? 'individual' : 'print-file',
    name: `${isIndividual ? '個別送付' : '印刷ファイル'} ${String(file.number).padStart(2, '0')}`,
    byteSize: Number(byteSize),
  }))
}

/** 送付ファイル of a run, newest version first. */
export async function filesOf(sql: Sql, runId: string): Promise<Static<typeof RunFile>[]> {
  const rows = await sql.rows<{
    fileId: string
    kind: string
    name: string
    version: number | null
    asOf: string | null
    lineCount: bigint | null
    sumYen: bigint | null
    sha256: string | null
    byteSize: bigint | null
    state: string
    sentOn: string | null
    sentBy: string | null
    receiptNo: string | null
    createdAt: string
  }>(
    `select f.id as "fileId", f.kind, f.name, t.version, t.as_of as "asOf", coalesce(t.line_count, f.line_count) as "lineCount",
       t.sum_yen as "sumYen", f.sha256, f.byte_size as "byteSize", coalesce(t.state, f.state) as state, t.sent_on as "sentOn",
       t.sent_by as "sentBy", t.receipt_no as "receiptNo",
       f.received_at as "createdAt"
     from files f left join tainosha_files t on t.file_id = f.id where f.run_id = $1
     order by t.version desc nulls last, f.received_at desc`,
    [runId],
  )
  return rows.map(({ lineCount, sumYen, byteSize, ...file }) => ({
    ...file,
    lineCount: lineCount === null ? null : Number(lineCount),
    sumYen: sumYen === null ? null : yenToJson(sumYen),
    byteSize: byteSize === null ? null : Number(byteSize),
  }))
}

/** 発行不能 of the version in force, by わけ: those of the step's last round, also when that has none any more. */
export async function unprintableOf(
  sql: Sql,
  flow: FlowDefinition,
  runId: string,
): Promise<Static<typeof RunDetail>['unprintable']> {
  const rows = await sql.rows<{ code: string; count: number }>(
    `select u.reason as code, count(*)::int as count from unprintable_notices u
     where u.step_run_id = (select s.id from step_runs s where s.run_id = $1 and s.state = 'done'
                              and s.step_id = (select y.step_id from unprintable_notices x
                                               join step_runs y on y.id = x.step_run_id where x.run_id = $1 limit 1)
                            order by s.round desc limit 1)
       -- a letter of the same round and row: 個別作成 after repair
       and not exists (select from notices n where n.step_run_id = u.step_run_id and n.row_no = u.row_no
                       and n.state in ('made', 'released', 'dispatched', 'pulled'))
     group by u.reason order by u.reason`,
    [runId],
  )
  return rows.map(({ code, count }) => ({ code, label: flow.words?.reasons[code] ?? code, count }))
}

type Notice = Static<typeof RunNotice>

/** A letter by its first row, or by what is left of it where the first has gone to another letter. */
const isLetter = `(n.letter_id is null or n.state <> (select h.state from notices h where h.id = n.letter_id))`

/** 通知 of a run in print order, of one version (the newest when none is given). Amounts are those of all 期割 on the letter. */
export async function noticesOf(
  sql: Sql,
  runId: string,
  request: {
    readonly state?: string
    readonly version?: number
    /** Number at the end of the printed 発行番号. */
    readonly rowNo?: number
    readonly noticeId?: string
    readonly limit: number
    readonly after: bigint
    readonly offset: number
  },
  today: PlainDate,
): Promise<{ readonly items: Notice[]; readonly total: number; readonly nextCursor: string | null }> {
  const given = [runId, request.version ?? null, request.state ?? null, request.rowNo ?? null, request.noticeId ?? null]
  // what lost its natural key to another run was never a letter of this one and has no 印刷番号
  const where = `n.run_id = $1 and n.print_no is not null and ($3::text is null or n.state = $3) and ($4::int is null or n.row_no = $4)
    and ($5::uuid is null or n.id = $5)
    and ${isLetter} and n.version = coalesce($2::int, (select max(version) from notices where run_id = $1 and print_no is not null))`
  const { total } = await sql.one<{ total: number }>(
    `select count(*)::int as total from notices n where ${where}`,
    given,
  )
  const rows = await sql.rows<{
    id: string
    noticeNo: string | null
    printNo: number | null
    version: number
    insuredId: bigint
    insuredNo: string
    personName: string | null
    isProtected: boolean
    period: string
    fukaYear: number
    lineCount: number
    printedYen: bigint
    slipYen: bigint
    state: Notice['state']
    pullReason: string | null
  }>(
    `select n.id, h.view::json ->> 'noticeNo' as "noticeNo", n.print_no as "printNo", n.version, n.insured_id as "insuredId", s.insured_no as "insuredNo",
       p.name as "personName", ${protectedOn('s.person_id', '$6')} as "isProtected", i.period, i.fuka_year as "fukaYear",
       1 + coalesce(more.rows, 0) as "lineCount", n.printed_unpaid_yen + coalesce(more.printed, 0) as "printedYen",
       n.slip_yen + coalesce(more.slip, 0) as "slipYen", n.state, n.pull_reason as "pullReason"
     from notices n join notices h on h.id = coalesce(n.letter_id, n.id) join insured s on s.id = n.insured_id join instalments i on i.id = n.instalment_id
     left join person_versions p on p.person_id = s.person_id and p.superseded_at is null and p.valid_to is null
     left join lateral (select count(*)::int as rows, sum(o.printed_unpaid_yen)::bigint as printed, sum(o.slip_yen)::bigint as slip
       from notices o where o.letter_id = n.id and o.state = n.state) more on true
     where ${where} and n.print_no > $7 order by n.print_no, n.id limit $8 offset $9`,
    [...given, today, request.after, request.limit + 1, request.offset],
  )
  const page = rows.slice(0, request.limit)
  return {
    items: page.map(({ id, insuredId, personName, printedYen, slipYen, ...notice }) => ({
      ...notice,
      noticeId: id,
      insuredId: `${insuredId}`,
      personName: personName ?? '',
      printedYen: yenToJson(printedYen),
      slipYen: yenToJson(slipYen),
    })),
    total,
    nextCursor: rows.length > request.limit ? String(page.at(-1)?.printNo ?? '') : null,
  }
}
