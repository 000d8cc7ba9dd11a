import type { FileLoader } from '../loader.ts'
import { loadSuperseding, NEEDS_PERSON, OF_PERSON } from './superseding.ts'

/**
 * 抑止(支援措置): one row a measure and 相手方. 満了予定日 never releases; only a line with a 解除日 does. A line that names another
 * 相手方 is another row, so a mistyped release leaves the person protected. Sheet 1.1 §2.1.
 */
export const yokushiLoader: FileLoader = {
  kind: 'yokushi',
  fills: ['protections'],
  uniqueBy: ['atena_no', 'measure', 'starts_on', 'opponent_name', 'opponent_born_on'],
  checks: [
    NEEDS_PERSON,
    { code: 'L25', field: 'expires_on', isBad: 's.expires_on < s.starts_on' },
    { code: 'L25', field: 'released_on', isBad: 's.released_on < s.starts_on' },
  ],
  apply: (tx, file) =>
    loadSuperseding(tx, file, {
      table: 'protections',
      owner: OF_PERSON,
      key: ['measure', 'starts_on', 'opponent_name', 'opponent_born_on'],
      facts: ['expires_on', 'released_on', 'opponent_address'],
    }),
}
