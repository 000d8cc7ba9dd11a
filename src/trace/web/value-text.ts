import { parsePlainDate } from '#kernel/plain-date.ts'
import { formatWarekiShort } from '#rules/calendar/wareki.ts'

/** Values are JSON texts: days in the short era form, everything else as it stands. */
export function valueText(value: string): string {
  const bare = value.replaceAll('"', '')
  const date = parsePlainDate(bare)
  return date === null ? bare : formatWarekiShort(date)
}
