import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Reply } from '#api/contract.ts'
import { addressOf, api } from '../../lib/api.ts'
import { inJapan, monthDay, shortMoment } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { mayCall, useMe } from '../../lib/session.ts'
import { Age, useDataAge } from '../../ui/age.tsx'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DataGrid, type GridColumn } from '../../ui/grid/data-grid.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Note } from '../../ui/note.tsx'
import { Pager } from '../../ui/pager.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TaskHead } from '../../ui/taskhead.tsx'
import { AuditDetail } from './audit-detail.tsx'
import { AuditFilter } from './audit-filter.tsx'
import { AUDIT_PAGE, auditListQuery, auditStateQuery, type AuditLine } from './audit-query.ts'

const LOOK: Record<AuditLine['category'], readonly [IconName, Tone | null]> = {
  read: ['eye', null],
  change: ['minus', null],
  approve: ['users', 'guard'],
  refused: ['xc', 'late'],
  disclose: ['shield', 'guard'],
  output: ['dl', null],
  receive: ['upl', null],
  failed: ['stop', 'late'],
  session: ['user', null],
  system: ['link', null],
}

const columns: readonly GridColumn<AuditLine>[] = [
  {
    key: 'at',
    head: '時刻',
    width: 7.6,
    className: 'code',
    cell: ({ at }) => {
      const { day, seconds } = inJapan(at)
      return `${monthDay(day).split('(')[0]} ${seconds}`
    },
  },
  { key: 'actor', head: 'だれが', width: 6.5, className: 'el', cell: ({ actor }) => actor },
  { key: 'terminal', head: '端末', width: 5.5, className: 'code el sub', cell: ({ terminal }) => terminal },
  {
    key: 'kind',
    head: '種類',
    width: 6,
    cell: ({ category, label }) => {
      const [icon, tone] = LOOK[category]
      return (
        <Badge tone={tone ?? 'plain'} icon={icon} isBare={tone === null}>
          {label}
        </Badge>
      )
    },
  },
  {
    key: 'subject',
    head: 'なにを',
    width: 9.5,
    className: 'el',
    title: ({ subject }) => subject,
    cell: ({ subject }) => subject,
  },
  { key: 'summary', head: '内容', className: 'el', title: ({ summary }) => summary, cell: ({ summary }) => summary },
]

/** 監査の記録: the list, one record with before and after, and whether the seals hold. */
export function AuditPage() {
  const search = useSearch({ from: '/shell/audit' })
  const navigate = useNavigate()
  const me = useMe()
  const [subject, setSubject] = useState('')
  const [focus, setFocus] = useState(-1)
  const list = useQuery(auditListQuery(search, subject))
  const age = useDataAge(list.dataUpdatedAt)
  const verify = useMutation({ mutationFn: () => api('POST /api/audit/verify', {}) })
  const items = list.data?.items ?? []
  const total = list.data?.total ?? 0
  const page = search.page ?? 1
  const focused = items[focus]
  return (
    <main className="main lay-aud" id="main">
      <AuditFilter
        search={search}
        onSearch={(to, about) => {
          setSubject(about)
          setFocus(-1)
          void navigate({ to: '/audit', search: to })
        }}
      />
      <section aria-labelledby="page-title">
        <TaskHead
          title={
            <>
              監査の記録<span className="sub">{formatNumber(total)}件</span>
            </>
          }
          meta={<Age {...age} />}
          end={
            <>
              {mayCall(me, 'GET /api/audit/export') && (
                <a
                  className="btn sec"
                  href={addressOf('GET /api/audit/export', {}, { from: search.from, to: search.to })}
                  download
                >
                  <Icon name="dl" />
                  記録を書き出す
                </a>
              )}
              {mayCall(me, 'POST /api/audit/verify') && (
                <Button blocked={verify.isPending && '検証しています'} onClick={() => verify.mutate()}>
                  検証する
                </Button>
              )}
            </>
          }
        />
        <Seals verified={verify.data} error={verify.error} />
        <div className="gridarea">
          {list.error && <ProblemNote error={list.error} />}
          <DataGrid
            label={`記録 ${formatNumber(total)}件中 ${formatNumber((page - 1) * AUDIT_PAGE + 1)}から${formatNumber((page - 1) * AUDIT_PAGE + items.length)}件`}
            columns={columns}
            count={items.length}
            total={total}
            offset={(page - 1) * AUDIT_PAGE}
            rowAt={(index) => items[index]}
            keyOf={({ eventId }) => eventId}
            nameOf={({ summary }) => summary}
            focus={focus}
            onFocus={setFocus}
            isStackable
            empty={list.isSuccess && <p className="empty">条件に合う記録はありません。</p>}
          />
        </div>
        <div className="actionbar">
          <span className="sub">この画面を見たことも記録されます。記録は消せません。</span>
          <span className="end">
            <Pager
              page={page}
              size={AUDIT_PAGE}
              shown={items.length}
              total={total}
              onPage={(to) => void navigate({ to: '/audit', search: { ...search, page: to } })}
            />
          </span>
        </div>
      </section>
      <aside className="drawer audit" aria-label="選んだ記録" tabIndex={0}>
        {focused ? (
          <AuditDetail key={focused.eventId} eventId={focused.eventId} />
        ) : (
          <p className="panel sub">記録を選ぶと、前と後、確かさが出ます。</p>
        )}
      </aside>
    </main>
  )
}

/** 封印の状態, and what the last check found. */
function Seals({ verified, error }: { verified: Reply<'POST /api/audit/verify'> | undefined; error: unknown }) {
  const { data: state } = useQuery(auditStateQuery)
  if (error !== null) return <ProblemNote error={error} />
  if (verified)
    return verified.isSound ? (
      <Note kind="done">
        <b>改ざんされていません。</b>
        {formatNumber(verified.checked)}件を検証しました({shortMoment(verified.at)})。封印を待つ記録{' '}
        {formatNumber(verified.unsealed)}件。
      </Note>
    ) : (
      <Note kind="late" isAlert next="システム管理者に連絡し、控えと突き合わせてください。">
        <b>記録が壊れています。</b>
        {verified.firstBad?.message}(封印 {verified.firstBad?.number}番)
      </Note>
    )
  return (
    <Note kind="info">
      {state
        ? `封印した記録 ${formatNumber(state.sealed)}件(全 ${formatNumber(state.events)}件)。${state.lastSealedAt ? `最後の封印 ${shortMoment(state.lastSealedAt)}。` : ''}「検証する」で確かめられます。`
        : '封印の状態を読んでいます'}
    </Note>
  )
}
