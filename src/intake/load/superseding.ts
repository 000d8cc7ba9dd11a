import type { Tx } from '#db/database.ts'
import type { LoadedFile } from '../loader.ts'

/** A table of facts in which a line with a known key and other values takes the place of what was known. */
export interface SupersedingTable {
  readonly table: string
  /** The owner's column in the table, and how a staged row `s` finds it. */
  readonly owner: { readonly column: string; readonly join: string; readonly id: string }
  /** With the owner: what makes two rows the same fact. */
  readonly key: readonly string[]
  readonly facts: readonly string[]
}

/**
 * 差分の取込み: nothing is overwritten. A changed fact gets a new row, and the former one says when we learnt better; equal
 * lines add nothing.
 */
export async function loadSuperseding(tx: Tx, file: LoadedFile, of: SupersedingTable): Promise<void> {
  const sameFact = [
    `t.${of.owner.column} = ${of.owner.id}`,
    't.superseded_at is null',
    ...of.key.map((column) => `t.${column} is not distinct from s.${column}`),
  ].join(' and ')
  const row = (alias: string): string => of.facts.map((column) => `${alias}.${column}`).join(', ')
  await tx.run(
    `update ${of.table} t set superseded_at = $1 from stage s ${of.owner.join}
     where ${sameFact} and (${row('t')}) is distinct from (${row('s')})`,
    [file.at],
  )
  await tx.run(
    `insert into ${of.table} (${[of.owner.column, ...of.key, ...of.facts].join(', ')}, recorded_at, file_id, line)
     select ${[of.owner.id, ...[...of.key, ...of.facts].map((column) => `s.${column}`)].join(', ')}, $2, $1, s.line
     from stage s ${of.owner.join} where not exists (select from ${of.table} t where ${sameFact}) order by s.line`,
    [file.id, file.at],
  )
}

/** A staged row finds its person by 宛名番号. */
export const OF_PERSON = {
  column: 'person_id',
  join: 'join persons o on o.atena_no = s.atena_no',
  id: 'o.id',
} as const

/** 宛名番号 is in 宛名. */
export const NEEDS_PERSON = {
  code: 'L21',
  field: 'atena_no',
  isBad: `not exists (select from persons p where p.atena_no = s.atena_no)`,
} as const
