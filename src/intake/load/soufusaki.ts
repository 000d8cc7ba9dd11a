import type { FileLoader } from '../loader.ts'
import { loadSuperseding, NEEDS_PERSON, OF_PERSON } from './superseding.ts'

/**
 * 送付先. Two of one 区分 may be in force, even from one day on (then nobody is guessed: 5.2 U05), so the name belongs to what
 * makes a row the same.
 */
export const soufusakiLoader: FileLoader = {
  kind: 'soufusaki',
  fills: ['delivery_addresses'],
  uniqueBy: ['atena_no', 'kind', 'starts_on', 'name'],
  checks: [NEEDS_PERSON, { code: 'L25', field: 'ends_on', isBad: 's.ends_on < s.starts_on' }],
  apply: (tx, file) =>
    loadSuperseding(tx, file, {
      table: 'delivery_addresses',
      owner: OF_PERSON,
      key: ['kind', 'starts_on', 'name'],
      facts: ['postal_code', 'address', 'address_detail', 'ends_on'],
    }),
}
