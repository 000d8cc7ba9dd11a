import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'
import type { Caution } from '#runtime/caution.ts'

/**
 * Runs of this 納期限 that are open or finished, for whoever is about to start one more: the default of the form is the last
 * 納期限, also when it has been dunned. Nobody gets a second 督促状 by it, but two lists would be worked through twice.
 */
export async function sameDueOn(sql: Sql, dueOn: PlainDate): Promise<readonly Caution[]> {
  const runs = await sql.rows<{ number: string; state: string }>(
    `select number, state from runs where flow = '5-2-tokusoku' and params ->> 'dueOn' = $1 and state in ('running', 'finished')
     order by number`,
    [dueOn],
  )
  const of = (wanted: string): string[] => runs.filter(({ state }) => state === wanted).map(({ number }) => number)
  const [open, finished] = [of('running'), of('finished')]
  return [
    ...(open.length === 0
      ? []
      : [
          {
            text: `この納期限の処理が終わっていません(${inWords(open)})。`,
            next: 'その処理を続けるか、不要なら係長が中止してください。このまま始めると、先に督促状を作った処理だけがその期割を送ります。',
          },
        ]),
    ...(finished.length === 0
      ? []
      : [
          {
            text: `この納期限の処理は終わっています(${inWords(finished)})。`,
            next: '納期限を確かめてください。このまま始めると、送らなかった期割(除外、発行不能、引抜き)だけがもう一度出ます。',
          },
        ]),
  ]
}

const SHOWN = 3
const inWords = (numbers: readonly string[]): string =>
  numbers.length > SHOWN ? `${numbers.slice(-SHOWN).join('、')} ほか${numbers.length - SHOWN}件` : numbers.join('、')
