import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '#web/lib/api.ts'
import { inJapan, monthDayLong } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Age, useDataAge } from '#web/ui/age.tsx'
import { Badge } from '#web/ui/badge.tsx'
import { Button } from '#web/ui/button.tsx'
import { Icon, type IconName } from '#web/ui/icon.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { TaskHead } from '#web/ui/taskhead.tsx'
import { GROUPS, notificationsQuery, type Group, type Notice } from './notification-query.ts'

const ICONS: Readonly<Record<string, IconName>> = {
  assigned: 'user',
  'taken-away': 'swap',
  ready: 'checkc',
  released: 'users',
  returned: 'back',
  comment: 'talk',
  'run-finished': 'checkc',
  'step-failed': 'stop',
  deadline: 'alert',
}

/** お知らせ: newest first, by day; opening one reads it. */
export function NotificationsPage() {
  const search = useSearch({ from: '/shell/notifications' })
  const client = useQueryClient()
  const list = useQuery(notificationsQuery(search))
  const age = useDataAge(list.dataUpdatedAt)
  const read = useMutation({
    mutationFn: (notificationIds?: string[]) =>
      api('POST /api/notifications/read', { body: notificationIds ? { notificationIds } : {} }),
    onSettled: () => client.invalidateQueries({ queryKey: ['notification'] }),
  })
  const { items = [], unread = 0, total = 0, groups = [] } = list.data ?? {}
  const today = list.data && inJapan(list.data.at)
  const days = Map.groupBy(items, ({ at }) => inJapan(at).day)
  const problem = list.error ?? read.error
  const line = (text: string, group: Group | undefined, count: number) => (
    <li key={text}>
      <Link
        to="/notifications"
        search={group ? { group } : {}}
        aria-current={group === search.group ? 'true' : undefined}
        activeProps={{}}
        activeOptions={{ exact: true }}
      >
        <span>{text}</span>
        <span className="cnt">{formatNumber(count)}</span>
      </Link>
    </li>
  )
  return (
    <main className="main lay-list lay-notices" id="main">
      <nav className="rail" aria-label="お知らせの種類">
        <h2>種類</h2>
        <ul>
          {line('すべて', undefined, total)}
          {groups.map(({ group, count }) => line(GROUPS[group], group, count))}
        </ul>
      </nav>
      <section aria-labelledby="page-title">
        <TaskHead
          title={
            <>
              お知らせ
              <span className="sub">新しい {formatNumber(unread)}件</span>
            </>
          }
          meta={<Age {...age} note={today && `${monthDayLong(today.day)} ${today.time}`} />}
          end={
            <Button
              look="secondary"
              blocked={unread === 0 && '新しいお知らせはありません'}
              onClick={() => read.mutate(undefined)}
            >
              すべて読んだことにする
            </Button>
          }
        />
        <div className="ntfs" tabIndex={0} role="region" aria-label="お知らせの一覧">
          {problem && <ProblemNote error={problem} />}
          {list.isSuccess && items.length === 0 && (
            <div className="empty">
              <b>お知らせはありません。</b>
            </div>
          )}
          {[...days].map(([day, told]) => (
            <section key={day} aria-label={monthDayLong(day)}>
              <h2>
                {day === today?.day ? '今日 ' : ''}
                {monthDayLong(day)}
              </h2>
              <ul>
                {told.map((one) => (
                  <NoticeLine key={one.notificationId} notice={one} onRead={() => read.mutate([one.notificationId])} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      </section>
    </main>
  )
}

function NoticeLine({ notice, onRead }: { notice: Notice; onRead: () => void }) {
  const navigate = useNavigate()
  const { title, text, kind, isNew, at, action, taskId, runId } = notice
  const open = () => {
    if (isNew) onRead()
    if (action === '経過を見る' && runId !== null) return void navigate({ to: '/runs/$runId', params: { runId } })
    if (taskId !== null) return void navigate({ to: '/tasks/$taskId', params: { taskId } })
    void navigate({ to: '/tasks', search: { view: 'can' } })
  }
  return (
    <li className={isNew ? 'ntf un' : 'ntf'}>
      <Icon name={ICONS[kind] ?? 'bell'} />
      <div>
        <div className="row wrap">
          <b>{title}</b>
          {isNew && (
            <Badge tone="now" icon="dot">
              新しい
            </Badge>
          )}
        </div>
        <div>{text}</div>
      </div>
      <time dateTime={at}>{inJapan(at).time}</time>
      <div>
        <Button look={isNew ? 'normal' : 'secondary'} onClick={open}>
          {action}
        </Button>
      </div>
    </li>
  )
}
