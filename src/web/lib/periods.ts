import { formatWarekiFiscalYearShort } from '#rules/calendar/wareki.ts'

/** 期別: periods after the twelve months of the year are 随時. */
export const periodText = (period: string): string => (Number(period) > 12 ? `随時${period}` : `第${Number(period)}期`)

/** 「R8 第4期」; of a letter with three 期別 「R8 第4期ほか2期」. */
export const yearAndPeriod = (fukaYear: number, period: string, lineCount = 1): string =>
  `${formatWarekiFiscalYearShort(fukaYear)} ${periodText(period)}${lineCount > 1 ? `ほか${lineCount - 1}期` : ''}`
