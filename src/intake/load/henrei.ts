import type { PlainDate } from '#kernel/plain-date.ts'
import { seizableFrom } from '#rules/tokusoku/registration.ts'
import { postingDates } from '#rules/tokusoku/returned-letter.ts'
import type { Tx } from '#db/database.ts'
import { INSTALMENT_KEY, sameInstalment } from '#ledger/instalment-key.ts'
import type { FileLoader, LoadedFile } from '../loader.ts'

/** The 督促 in force of instalment `i`. */
const HISTORY = `tokusoku_history h where h.instalment_id = i.id and h.cancelled_on is null`

/** The last case of the letter that a line speaks of, with its last step: `c` and `last`. */
const LAST_CASE = `returned_letters c join lateral (
    select state, acted_on from returned_letter_steps x where x.returned_letter_id = c.id order by number desc limit 1) last on true
  where c.paper = s.paper and (c.instalment_id = i.id or c.notice_id = (select h.notice_id from ${HISTORY}))
  order by c.delivery desc limit 1`

/**
 * 返戻: which letters came back, and what became of them, as a postal list or the system before tells it. A 督促状 of ours opens
 * the same case that a clerk would open by hand; a later line adds 再送日 or 公示送達日. Sheet 5.2, 001 A13 and 007 afterwards.
 */
export const henreiLoader: FileLoader = {
  kind: 'henrei',
  fills: ['returned_letters', 'returned_letter_steps'],
  uniqueBy: ['paper', ...INSTALMENT_KEY],
  checks: [
    {
      code: 'L23',
      field: 'tsuchisho_no',
      isBad: `not exists (select from instalments i where ${sameInstalment('i', 's')})`,
    },
    {
      code: 'L31',
      field: 'paper',
      isBad: `s.paper = '督促状' and not exists (select from instalments i where ${sameInstalment('i', 's')}
        and exists (select from ${HISTORY}))`,
    },
    { code: 'L25', field: 'resent_on', isBad: 's.resent_on < s.returned_on' },
    { code: 'L25', field: 'posted_on', isBad: 's.posted_on < s.returned_on' },
    {
      code: 'L25',
      field: 'returned_on',
      isBad: `s.paper = '督促状' and exists (select from instalments i where ${sameInstalment('i', 's')}
        and s.returned_on < (select h.issued_on from ${HISTORY}))`,
    },
    {
      code: 'L32',
      field: 'returned_on',
      // a second return is possible only of what was sent again
      isBad: `exists (select from instalments i cross join lateral (
          select c.returned_on, c.reason, last.state, last.acted_on from ${LAST_CASE}) known
        where ${sameInstalment('i', 's')} and (known.returned_on, known.reason) is distinct from (s.returned_on, s.reason)
          and (known.state <> '再発送' or s.returned_on < known.acted_on))`,
    },
    {
      code: 'L32',
      field: 'returned_on',
      // of one letter with several 期割 the file tells one thing
      isBad: `s.paper = '督促状' and exists (select from instalments i
        join tokusoku_history h on h.instalment_id = i.id and h.cancelled_on is null
        join notices l on l.letter_id = h.notice_id join notices n on n.id = h.notice_id
        join instalments j on j.id in (l.instalment_id, n.instalment_id)
        join stage t on t.paper = s.paper and ${sameInstalment('j', 't')}
        where ${sameInstalment('i', 's')} and (t.returned_on, t.reason, t.resent_on, t.posted_on)
          is distinct from (s.returned_on, s.reason, s.resent_on, s.posted_on))`,
    },
    {
      code: 'L32',
      field: 'resent_on',
      isBad: `exists (select from instalments i cross join lateral (
          select c.returned_on, c.reason, last.state, last.acted_on from ${LAST_CASE}) known
        where ${sameInstalment('i', 's')} and known.returned_on = s.returned_on and known.reason = s.reason
          and ((known.state = '再発送' and s.resent_on <> known.acted_on)
            or (known.state = '公示送達' and s.posted_on <> known.acted_on)
            or (known.state = '調査終了' and num_nonnulls(s.resent_on, s.posted_on) > 0)))`,
    },
  ],
  async apply(tx, file) {
    await tx.run(
      // a letter with several 期割 comes back once, however many of them the file names
      `create temporary table returning_lines on commit drop as
       select distinct on (s.paper, coalesce(h.notice_id::text, i.id::text)) s.line, s.paper, s.returned_on, s.reason, s.resent_on, s.posted_on, i.id as instalment_id, i.insured_id,
         h.notice_id, h.designated_on, known.id as former_id, known.delivery,
         known.returned_on = s.returned_on and known.reason = s.reason as is_known
       from stage s join instalments i on ${sameInstalment('i', 's')}
       left join tokusoku_history h on s.paper = '督促状' and h.instalment_id = i.id and h.cancelled_on is null
       left join lateral (select c.* from ${LAST_CASE}) known on true
       order by s.paper, coalesce(h.notice_id::text, i.id::text), s.line`,
    )
    await tx.run(
      `insert into returned_letters (paper, notice_id, instalment_id, insured_id, delivery, returned_on, reason, file_id, line, recorded_at)
       select paper, notice_id, case when notice_id is null then instalment_id end, insured_id, coalesce(delivery + 1, 0),
         returned_on, reason, $1, line, $2
       from returning_lines where is_known is not true order by line`,
      [file.id, file.at],
    )
    await tx.run(
      `insert into returned_letter_steps (returned_letter_id, number, state, acted_on, reason, file_id, recorded_at)
       select id, 1, case reason when 'R5' then '相続人調査' else '居所調査' end, returned_on, reason, $1, $2
       from returned_letters where file_id = $1 order by line`,
      [file.id, file.at],
    )
    await servedDays(tx)
    await addSteps(tx, file, '再発送', 'resent_on')
    await addSteps(tx, file, '公示送達', 'posted_on')
    // 送達していない督促: no 差押え until it is
    await tx.run(
      `update tokusoku_history h set seizable_from = (
         select x.seizable_from from returned_letter_steps x where x.returned_letter_id = k.case_id order by number desc limit 1)
       from (${CASE_OF_LINE}) k cross join lateral (
         select k.instalment_id as id union select l.instalment_id from notices l where l.letter_id = k.notice_id
         union select n.instalment_id from notices n where n.id = k.notice_id) on_it
       where k.paper = '督促状' and h.instalment_id = on_it.id and h.cancelled_on is null`,
      [file.id],
    )
  },
}

/** Each line with its case: the one it opened ($1 the file), or the one that was known. */
const CASE_OF_LINE = `select l.*, coalesce(c.id, l.former_id) as case_id
  from returning_lines l left join returned_letters c on c.file_id = $1 and c.line = l.line`

/** 送達の日 and 差押え可能日 of each pair of days in the file, by the rules. */
async function servedDays(tx: Tx): Promise<void> {
  const days = await tx.rows<{ state: '再発送' | '公示送達'; acted_on: PlainDate; designated_on: PlainDate }>(
    `select distinct '再発送' as state, resent_on as acted_on, designated_on from returning_lines
     where resent_on is not null and designated_on is not null
     union select distinct '公示送達', posted_on, designated_on from returning_lines
     where posted_on is not null and designated_on is not null`,
  )
  await tx.run(
    `create temporary table served_days (state text, acted_on date, designated_on date, served_on date, seizable_from date)
     on commit drop`,
  )
  await tx.copyIn(
    'served_days',
    ['state', 'acted_on', 'designated_on', 'served_on', 'seizable_from'],
    days.map(({ state, acted_on: on, designated_on: designated }) => {
      const served =
        state === '公示送達'
          ? postingDates(on, designated)
          : { servedOn: on, seizableFrom: seizableFrom(on, designated) }
      return [state, on, designated, served.servedOn, served.seizableFrom]
    }),
  )
}

/** What was done with the letter, once: a step that is known adds nothing. */
const addSteps = (
  tx: Tx,
  file: LoadedFile,
  state: '再発送' | '公示送達',
  field: 'resent_on' | 'posted_on',
): Promise<number> =>
  tx.run(
    `insert into returned_letter_steps (returned_letter_id, number, state, acted_on, designated_on, served_on, seizable_from, file_id, recorded_at)
     select k.case_id, (select max(number) + 1 from returned_letter_steps x where x.returned_letter_id = k.case_id), '${state}',
       k.${field}, d.designated_on, d.served_on, d.seizable_from, $1, $2
     from (${CASE_OF_LINE}) k
     left join served_days d on d.state = '${state}' and d.acted_on = k.${field} and d.designated_on = k.designated_on
     where k.${field} is not null and not exists (select from returned_letter_steps x
       where x.returned_letter_id = k.case_id and x.state = '${state}' and x.acted_on = k.${field})
     order by k.line`,
    [file.id, file.at],
  )
