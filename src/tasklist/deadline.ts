import { addDays, type PlainDate } from '#kernel/plain-date.ts'
import { holidaysWith } from '#db/calendar.ts'
import { isBusinessDay } from '#rules/calendar/business-day.ts'
import { businessDaysAfter } from '#rules/calendar/business-days.ts'

export type Urgency = 'overdue' | 'today' | 'soon' | 'later' | 'none'

/** 「残り3開庁日」 is still soon. */
const SOON_DAYS = 3
/** Deadlines further away than this are counted up to here: nobody plans by the 300th 開庁日. */
const HORIZON_DAYS = 400

/** 期限 in 開庁日, as seen today. */
export interface Deadlines {
  readonly today: PlainDate
  /** Last day that is 「3開庁日以内」. */
  readonly soonUntil: PlainDate
  /** 開庁日 after today up to the day; negative: 開庁日 since the day. */
  daysLeft(dueOn: PlainDate): number
  urgencyOf(dueOn: PlainDate | null): Urgency
}

/** The days around a day that are looked at. */
export const horizonOf = (today: PlainDate): readonly [PlainDate, PlainDate] => [
  addDays(today, -HORIZON_DAYS),
  addDays(today, HORIZON_DAYS),
]

/** `closures`: the municipality's own 休庁日 within the horizon. */
export function deadlinesOf(today: PlainDate, closures: readonly PlainDate[]): Deadlines {
  const [first, last] = horizonOf(today)
  const holidays = holidaysWith(closures, first, last)
  const soonUntil = businessDaysAfter(today, SOON_DAYS, holidays)
  const count = (from: PlainDate, to: PlainDate): number => {
    let days = 0
    for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isBusinessDay(day, holidays)) days++
    return days
  }
  const known = new Map<PlainDate, number>()
  const clamp = (day: PlainDate): PlainDate => (day < first ? first : day > last ? last : day)
  return {
    today,
    soonUntil,
    daysLeft(dueOn) {
      const days = known.get(dueOn) ?? (dueOn >= today ? count(today, clamp(dueOn)) : -count(clamp(dueOn), today))
      known.set(dueOn, days)
      return days
    },
    urgencyOf: (dueOn) =>
      dueOn === null
        ? 'none'
        : dueOn < today
          ? 'overdue'
          : dueOn === today
            ? 'today'
            : dueOn <= soonUntil
              ? 'soon'
              : 'later',
  }
}
