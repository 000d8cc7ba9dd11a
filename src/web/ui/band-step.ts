import type { Static } from 'typebox'
import type { BandStep as BandStepSchema } from '#tasklist/tasks.schema.ts'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { monthDay, shortMoment } from '../lib/dates.ts'
import type { BandStep } from './step-band.tsx'

/** A cell of the step band out of what the server says of a step. */
export function bandStep({
  step,
  name,
  kind,
  state,
  version,
  finishedAt,
  plannedOn,
}: Static<typeof BandStepSchema>): BandStep {
  const planned = plannedOn === null ? null : parsePlainDate(plannedOn)
  switch (state) {
    case 'done':
      return {
        no: step,
        name,
        state: 'done',
        note: `済${finishedAt ? ` ${shortMoment(finishedAt)}` : ''}${version !== null && version > 1 ? `(版${version})` : ''}`,
      }
    case 'current':
      return { no: step, name, state: 'now', note: kind === 'auto' ? 'いまここ(自動)' : 'いまここ' }
    case 'failed':
      return { no: step, name, state: 'now', note: '止まっています' }
    case 'cancelled':
      return { no: step, name, state: 'todo', note: '中止' }
    case 'waiting':
      return {
        no: step,
        name,
        state: 'todo',
        note: planned ? `${monthDay(planned)} 予定` : kind === 'auto' ? '自動' : 'これから',
      }
    default:
      return state satisfies never
  }
}
