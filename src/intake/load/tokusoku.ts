import type { PlainDate } from '#kernel/plain-date.ts'
import { renewedByTokusoku } from '#rules/prescription/renewed-by-tokusoku.ts'
import { seizableFrom } from '#rules/tokusoku/registration.ts'
import { resolveTokusokuOptions } from '#rules/tokusoku/options.ts'
import { optionVersions } from '#db/ordinance-options.ts'
import { INSTALMENT_KEY, sameInstalment } from '#ledger/instalment-key.ts'
import type { FileLoader } from '../loader.ts'

/** 督促履歴 of the time before this system. One uncancelled 督促 an instalment: a second one is refused, an equal line adds nothing. */
export const tokusokuLoader: FileLoader = {
  kind: 'tokusoku',
  fills: ['tokusoku_history'],
  uniqueBy: INSTALMENT_KEY,
  checks: [
    { code: 'L25', field: 'designated_on', isBad: 's.designated_on < s.issued_on' },
    {
      code: 'L23',
      field: 'tsuchisho_no',
      isBad: `not exists (select from instalments i where ${sameInstalment('i', 's')})`,
    },
    {
      code: 'L29',
      field: 'issued_on',
      isBad: `exists (select from instalments i join tokusoku_history h on h.instalment_id = i.id
        where ${sameInstalment('i', 's')} and h.cancelled_on is null
          and (h.issued_on, h.designated_on) is distinct from (s.issued_on, s.designated_on))`,
    },
  ],
  async apply(tx, file) {
    const days = await tx.rows<{ issued_on: PlainDate; designated_on: PlainDate }>(
      `select distinct issued_on, designated_on from stage`,
    )
    const versions = await optionVersions(tx, '5-2-tokusoku')
    await tx.run(
      `create temporary table dunning_days (issued_on date, designated_on date, seizable_from date, restarts_on date,
         completes_on date) on commit drop`,
    )
    await tx.copyIn(
      'dunning_days',
      ['issued_on', 'designated_on', 'seizable_from', 'restarts_on', 'completes_on'],
      days.map(({ issued_on: issuedOn, designated_on: designatedOn }) => {
        const { prescriptionYears } = resolveTokusokuOptions(versions, issuedOn)
        const { restartsOn, completesOn } = renewedByTokusoku(designatedOn, prescriptionYears)
        return [issuedOn, designatedOn, seizableFrom(issuedOn, designatedOn), restartsOn, completesOn]
      }),
    )
    await tx.run(
      `insert into tokusoku_history (instalment_id, issued_on, designated_on, seizable_from, prescription_restarts_on,
         prescribes_on, recorded_at, file_id, line)
       select i.id, s.issued_on, s.designated_on, d.seizable_from, d.restarts_on, d.completes_on, $2, $1, s.line
       from stage s join instalments i on ${sameInstalment('i', 's')}
       join dunning_days d on d.issued_on = s.issued_on and d.designated_on = s.designated_on
       where not exists (select from tokusoku_history h where h.instalment_id = i.id and h.cancelled_on is null)
       order by s.line`,
      [file.id, file.at],
    )
  },
}
