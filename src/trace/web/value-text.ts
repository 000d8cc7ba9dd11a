import { parsePlainDate } from '#kernel/plain-date.ts'
import { DECISION_WORDS } from '#kernel/value-words.ts'
import { formatWarekiShort } from '#rules/calendar/wareki.ts'

/** Values are JSON texts: a decision in words, days in the short era form, everything else as it stands. */
export function valueText(name: string, value: string): string {
  const bare = value.replaceAll('"', '')
  if (name === 'decision') return DECISION_WORDS[bare] ?? bare
  const date = parsePlainDate(bare)
  return date === null ? bare : formatWarekiShort(date)
}
