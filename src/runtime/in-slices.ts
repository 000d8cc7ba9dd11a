import { setImmediate } from 'node:timers/promises'

/** About two milliseconds of judging: what a colleague's task may wait for it, at each of its questions to the database. */
const SLICE = 50

/**
 * `page.map(judge)`, with a pause between slices in which the process does what else is due: a batch of a million cases
 * shares its process with the small steps and with the tasks that are being opened.
 */
export async function inSlices<Case, Verdict>(
  page: readonly Case[],
  judge: (kase: Case) => Verdict,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  for (let from = 0; from < page.length; from += SLICE) {
    if (from > 0) await setImmediate()
    for (const kase of page.slice(from, from + SLICE)) verdicts.push(judge(kase))
  }
  return verdicts
}
