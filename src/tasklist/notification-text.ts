import type { Static } from 'typebox'
import type { NotificationKind } from '#runtime/notify-users.ts'
import type { Notification, NOTIFICATION_GROUPS } from './notifications.schema.ts'
import { stepNo } from './queries/task-list.ts'

export type NotificationGroup = (typeof NOTIFICATION_GROUPS)[number]
type Words = Pick<Static<typeof Notification>, 'title' | 'text' | 'action'>

/** An お知らせ as it is stored, with the names of what it speaks of. */
export interface StoredNotification {
  readonly id: string
  readonly kind: NotificationKind
  readonly payload: Readonly<Record<string, unknown>>
  readonly at: string
  readonly readAt: string | null
  readonly taskId: string | null
  readonly runId: string | null
  readonly by: string | null
  readonly stepId: string | null
  readonly taskName: string | null
  readonly count: bigint | null
  readonly runNumber: string | null
  readonly runTitle: string | null
  readonly comment: string | null
}

interface Kind {
  readonly group: NotificationGroup
  say(told: StoredNotification): Words
}

const number = (value: unknown): number => (typeof value === 'number' ? value : 0)
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const written = (value: unknown): string => (typeof value === 'string' && value !== '' ? `「${value}」` : '')
const task = ({ stepId, taskName }: StoredNotification): string =>
  stepId === null ? '' : `${stepNo(stepId)} ${taskName ?? ''}`
const where = ({ runNumber, count }: StoredNotification): string =>
  [runNumber ?? '', count === null ? '' : `${count.toLocaleString('ja-JP')}件`].filter(Boolean).join(' ')
const open = ({ stepId }: StoredNotification): string => (stepId === null ? '一覧で見る' : `${stepNo(stepId)} を開く`)
const many = (told: StoredNotification): string =>
  told.taskId === null ? `作業${number(told.payload['count']).toLocaleString('ja-JP')}件` : task(told)
const DECISIONS: Readonly<Record<string, string>> = {
  redo: '差し戻しました',
  recheck: '把握からやり直すことにしました',
}

const KINDS: Readonly<Record<NotificationKind, Kind>> = {
  assigned: {
    group: 'handover',
    say: (told) => ({
      title: `担当になりました:${many(told)}`,
      text: `${told.by ?? ''} が担当をあなたに替えました。${where(told)}`,
      action: open(told),
    }),
  },
  'taken-away': {
    group: 'handover',
    say: (told) => ({
      title: `担当が替わりました:${many(told)}`,
      text: `${told.by ?? ''} が引き取りました。下書きは残っています。${where(told)}`,
      action: open(told),
    }),
  },
  ready: {
    group: 'run',
    say: (told) => ({
      title: `作業ができました:${task(told)}`,
      text: `${told.runTitle ?? ''} ${where(told)}`,
      action: open(told),
    }),
  },
  released: {
    group: 'decision',
    say: (told) => ({
      title: `二人目の確認が済みました:${task(told)}`,
      text: `${told.by ?? ''} が認めました。${where(told)}`,
      action: '経過を見る',
    }),
  },
  returned: {
    group: 'decision',
    say: (told) => ({
      title: `差戻し:${task(told)}`,
      text:
        told.payload['isChanged'] === true
          ? `${told.by ?? ''} が一覧を変えたため、一人目の確認からやり直します。${where(told)}`
          : `${told.by ?? ''} が${DECISIONS[text(told.payload['decision'])] ?? '別の判断をしました'}。${written(told.payload['note'])} ${where(told)}`,
      action: '作業を開く',
    }),
  },
  comment: {
    group: 'comment',
    say: (told) => ({
      title: `コメント:${told.by ?? ''}`,
      text: `${written(told.comment)} ${told.runNumber ?? ''}`,
      action: open(told),
    }),
  },
  attachment: {
    group: 'comment',
    say: (told) => ({
      title: `添付:${told.by ?? ''}`,
      text: `${task(told)}に添付が加わりました。${where(told)}`,
      action: open(told),
    }),
  },
  'run-finished': {
    group: 'run',
    say: (told) => ({
      title: `処理が終わりました:${told.runTitle ?? ''}`,
      text: [text(told.payload['outcome']), where(told)].filter(Boolean).join(' '),
      action: '経過を見る',
    }),
  },
  'step-failed': {
    group: 'run',
    say: (told) => ({
      title: `処理が止まりました:${text(told.payload['step'])}`,
      text: `次にすること: 処理の画面でわけを見て、もう一度行ってください。${where(told)} (${text(told.payload['code'])})`,
      action: '経過を見る',
    }),
  },
  deadline: {
    group: 'deadline',
    say: (told) => (told.taskId === null ? digest(told.payload) : passed(told)),
  },
}

const passed = (told: StoredNotification): Words => ({
  title: `期限が来ました:${task(told)}`,
  text: where(told),
  action: open(told),
})

/** 「本日期限が3件、期限超過が1件あります」: the person's own and what nobody holds yet. */
function digest(payload: Readonly<Record<string, unknown>>): Words {
  const parts = (owner: 'my' | 'free'): string[] =>
    (
      [
        ['期限超過', 'Overdue'],
        ['本日期限', 'Today'],
        ['2開庁日以内', 'Soon'],
      ] as const
    ).flatMap(([word, name]) => {
      const n = number(payload[`${owner}${name}`])
      return n === 0 ? [] : [`${word}${n.toLocaleString('ja-JP')}件`]
    })
  const total = (name: 'Overdue' | 'Today'): number => number(payload[`my${name}`]) + number(payload[`free${name}`])
  const lines = [
    parts('my').length > 0 ? `自分の作業: ${parts('my').join('、')}。` : '',
    parts('free').length > 0 ? `担当が未定の作業: ${parts('free').join('、')}。` : '',
  ]
  const title =
    total('Overdue') > 0
      ? `期限超過が${total('Overdue').toLocaleString('ja-JP')}件あります`
      : total('Today') > 0
        ? `本日期限が${total('Today').toLocaleString('ja-JP')}件あります`
        : '期限が近い作業があります'
  return { title, text: lines.join(''), action: '一覧で見る' }
}

export const groupOf = (kind: NotificationKind): NotificationGroup => KINDS[kind].group
export const kindsOfGroup = (group: NotificationGroup): NotificationKind[] =>
  (Object.keys(KINDS) as NotificationKind[]).filter((kind) => KINDS[kind].group === group)

/** An お知らせ in words. */
export const inWords = (told: StoredNotification): Static<typeof Notification> => ({
  notificationId: told.id,
  group: groupOf(told.kind),
  kind: told.kind,
  ...KINDS[told.kind].say(told),
  at: told.at,
  isNew: told.readAt === null,
  taskId: told.taskId,
  runId: told.runId,
})
