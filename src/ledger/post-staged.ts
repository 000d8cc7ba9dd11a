import type { Tx } from '#db/database.ts'
import type { LoadedFile } from '#intake/loader.ts'
import type { NewPosting } from './accounts.ts'
import { addToBalances } from './balances.ts'
import { takeNumbers } from './counter.ts'

/** One kind of movement of a staged file, as SQL over the staged row `s`. A side is an account and an instalment or the outer side. */
export interface StagedMovement {
  readonly component: 'P' | 'E' | 'T'
  readonly credit: readonly [account: string, instalment: string | null]
  readonly debit: readonly [account: string, instalment: string | null]
  readonly yen: string
  readonly where: string
  /** 領収日 and 収納日. */
  readonly days?: readonly [receivedOn: string, collectedOn: string]
}

export interface StagedPostings {
  /** A temporary table with n (1, 2, … without a gap), line, instalment_id and booked_on. */
  readonly table: string
  readonly kind: NewPosting['kind']
  readonly fiscalYear: string
  readonly movements: readonly StagedMovement[]
}

/** An account: a column of the staged row, or a name of ours. */
const accountSql = (account: string): string => (account.startsWith('s.') ? account : `'${account}'`)

/** 一括の仕訳: one posting a staged line, set-based: a million lines in a handful of statements. */
export async function postStaged(tx: Tx, file: LoadedFile, staged: StagedPostings): Promise<void> {
  await tx.run(`analyze ${staged.table}`)
  const { count } = await tx.one<{ count: bigint }>(`select count(*) as count from ${staged.table}`)
  if (count === 0n) return
  const first = await takeNumbers(tx, Number(count))
  await tx.run(
    `insert into postings (number, kind, cause_file_id, cause_line, actor_user_id, booked_on, fiscal_year, posted_at)
     select $1::bigint + s.n - 1, $2, $3, s.line, $4, s.booked_on, ${staged.fiscalYear}, $5
     from ${staged.table} s order by s.n`,
    [first, staged.kind, file.id, file.actorUserId, file.at],
  )
  for (const one of staged.movements)
    await tx.run(
      `insert into movements (posting_number, component, credit_account, credit_instalment_id, debit_account,
         debit_instalment_id, yen, received_on, collected_on)
       select $1::bigint + s.n - 1, $2, ${accountSql(one.credit[0])}, ${one.credit[1] ?? 'null::bigint'},
         ${accountSql(one.debit[0])}, ${one.debit[1] ?? 'null::bigint'}, ${one.yen},
         ${one.days?.[0] ?? 'null::date'}, ${one.days?.[1] ?? 'null::date'}
       from ${staged.table} s where ${one.where} order by s.n`,
      [first, one.component],
    )
  await addToBalances(tx, first, first + count - 1n)
}
