import { ERAS, formatWarekiFiscalYear } from '#rules/calendar/wareki.ts'

/** The rule of `#rules/calendar/wareki.ts` as SQL, for texts that the database puts together; a test compares the two. */

/** 「令和8年度」 of a column that holds a 年度. */
export const warekiFiscalYearSql = (year: string): string =>
  caseOfEras(({ name, firstYear }) => {
    const first = formatWarekiFiscalYear(firstYear).startsWith(name) ? firstYear : firstYear + 1
    return [
      `${year} >= ${first}`,
      `'${name}' || case ${year} when ${firstYear} then '元' else (${year} - ${firstYear - 1})::text end || '年度'`,
    ]
  })

/** 「R8.8.20」 of a column that holds a day. */
export const warekiShortSql = (day: string): string =>
  caseOfEras(({ letter, from, firstYear }) => [
    `${day} >= '${from}'`,
    `concat('${letter}', extract(year from ${day}) - ${firstYear - 1}, '.', extract(month from ${day}), '.', extract(day from ${day}))`,
  ])

const caseOfEras = (branch: (era: (typeof ERAS)[number]) => readonly [when: string, then: string]): string =>
  `case ${ERAS.map((era) => {
    const [when, then] = branch(era)
    return `when ${when} then ${then}`
  }).join(' ')} end`
