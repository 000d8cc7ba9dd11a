import type { Static } from 'typebox'
import { inJapan } from '#kernel/japan-time.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { formatWarekiShort } from '#rules/calendar/wareki.ts'
import type { Sql } from '#db/database.ts'
import { elementName } from '../element-names.ts'
import type { Waiting } from '../instances.schema.ts'
import type { InstanceView } from './instances.ts'

type Sentence = Pick<Static<typeof Waiting>, 'text' | 'next'>

interface Place {
  readonly elementId: string
  readonly isStopped: boolean
  readonly timerAt: string | null
  readonly taskState: 'preparing' | 'open' | 'completing' | 'completed' | 'cancelled' | null
  readonly assignee: string | null
  readonly proposedBy: string | null
  readonly dueOn: PlainDate | null
  readonly stepState: 'open' | 'done' | 'failed' | 'cancelled' | null
  readonly phase: string | null
  readonly done: bigint | null
  readonly total: bigint | null
  readonly faultCode: string | null
  readonly isService: boolean
}

/** なぜ待っているか, for each place where the instance stands now, in words a 担当 understands. */
export async function waitingOf(sql: Sql, instance: InstanceView): Promise<Static<typeof Waiting>[]> {
  const places = await sql.rows<Place>(PLACES, [instance.epoch, BigInt(instance.instanceKey)])
  return places.map((place) => ({
    elementId: place.elementId,
    name: elementName(instance.processId, place.elementId),
    ...sentenceOf(place),
  }))
}

const PLACES = `
  select t.element_id as "elementId", t.element_type in ('SERVICE_TASK') as "isService",
    exists (select from trace_incidents x where x.epoch = t.epoch and x.element_instance_key = t.element_instance_key
      and x.resolved_at is null) as "isStopped",
    (select min(d.due_at) from trace_timers d where d.epoch = t.epoch and d.process_instance_key = t.process_instance_key
      and d.element_id = t.element_id and d.state = 'waiting') as "timerAt",
    k.state as "taskState", holder.name as assignee, first.name as "proposedBy", k.due_on as "dueOn",
    s.state as "stepState", s.phase, s.progress_done as done, s.progress_total as total, s.fault_code as "faultCode"
  from trace_elements t
  left join tasks k on k.epoch = t.epoch and k.element_instance_key = t.element_instance_key
  left join users hu on hu.id = k.assignee left join staff holder on holder.id = hu.staff_id
  left join users fu on fu.id = k.proposed_by left join staff first on first.id = fu.staff_id
  left join step_runs s on s.epoch = t.epoch and s.element_instance_key = t.element_instance_key
  where t.epoch = $1 and t.process_instance_key = $2 and t.state = 'active' and t.element_type not in ('PROCESS', 'SUB_PROCESS')
  order by t.position`

function sentenceOf(place: Place): Sentence {
  if (place.isStopped)
    return { text: '止まっています。', next: 'わけを取り除いてから「もう一度行う」を押してください。' }
  if (place.taskState !== null) return ofTask(place)
  if (place.timerAt !== null) return { text: `${inWords(place.timerAt)}まで待っています。`, next: '' }
  if (place.isService) return ofStep(place)
  return { text: 'ここにいます。', next: '' }
}

function ofTask({ taskState, assignee, proposedBy, dueOn }: Place): Sentence {
  const until = dueOn === null ? '' : `(期限 ${formatWarekiShort(dueOn)})`
  if (taskState === 'preparing') return { text: '作業の一覧を用意しています。', next: '' }
  if (taskState !== 'open') return { text: '判断は済みました。次の工程へ進めています。', next: '' }
  if (proposedBy !== null)
    return {
      text: `一人目(${proposedBy})の確認が済み、二人目を待っています${until}。`,
      next: '別の係長が作業一覧から認めてください。',
    }
  if (assignee !== null) return { text: `${assignee}が担当しています${until}。`, next: '' }
  return { text: `まだ誰も担当していません${until}。`, next: '作業一覧で「担当する」を押してください。' }
}

function ofStep({ stepState, phase, done, total, faultCode }: Place): Sentence {
  if (stepState === 'open') {
    const of = total === null ? '' : `${total.toLocaleString('ja-JP')}件中`
    return {
      text: `${phase ?? '処理しています'} ${of}${(done ?? 0n).toLocaleString('ja-JP')}件まで進みました。`,
      next: '',
    }
  }
  if (stepState === 'done') return { text: '工程は終わりました。エンジンへ知らせています。', next: '' }
  if (stepState === 'failed')
    return { text: `うまくいかず(${faultCode ?? ''})、もう一度行うのを待っています。`, next: '' }
  return {
    text: '処理の担い手が受け取るのを待っています。',
    next: '続くときは、担い手が動いているかを管理者に確かめてください。',
  }
}

/** 「R8.8.13 0時00分」 */
function inWords(instant: string): string {
  const { day, time } = inJapan(instant)
  return `${formatWarekiShort(day)} ${Number(time.slice(0, 2))}時${time.slice(3, 5)}分`
}
