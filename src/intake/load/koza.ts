import type { FileLoader } from '../loader.ts'
import { loadSuperseding } from './superseding.ts'

/** 口座(口座振替): the accounts a person pays from, each from a day on. Another account from the same day takes its place. */
export const kozaLoader: FileLoader = {
  kind: 'koza',
  fills: ['bank_accounts'],
  uniqueBy: ['insured_no', 'starts_on'],
  checks: [
    {
      code: 'L22',
      field: 'insured_no',
      isBad: `not exists (select from insured n where n.insured_no = s.insured_no)`,
    },
    { code: 'L25', field: 'ends_on', isBad: 's.ends_on < s.starts_on' },
  ],
  apply: (tx, file) =>
    loadSuperseding(tx, file, {
      table: 'bank_accounts',
      owner: { column: 'insured_id', join: 'join insured o on o.insured_no = s.insured_no', id: 'o.id' },
      key: ['starts_on'],
      facts: ['bank_no', 'branch_no', 'account_type', 'account_no', 'holder_kana', 'ends_on'],
    }),
}
