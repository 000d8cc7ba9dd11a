import { useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { PlainDate } from '#kernel/plain-date.ts'
import { api } from '../../lib/api.ts'
import { shortDay } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { mayCall, useMe } from '../../lib/session.ts'
import { Age, useDataAge } from '../../ui/age.tsx'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { DataGrid, type GridColumn } from '../../ui/grid/data-grid.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TaskHead } from '../../ui/taskhead.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { ReasonDialog } from './decide-change.tsx'
import { SettingsRail } from './settings-rail.tsx'
import { staffQuery, useChange, type Staff } from './settings-query.ts'

type Deputy = Staff['deputies'][number]
const STATE: Readonly<Record<Deputy['state'], readonly [Tone, IconName, string]>> = {
  inForce: ['now', 'now', '代理中'],
  waiting: ['guard', 'users', '係長の確認待ち'],
  planned: ['wait', 'wait', 'これから'],
  ended: ['wait', 'minus', '終わりました'],
}

const columns: readonly GridColumn<Deputy>[] = [
  { key: 'from', head: '始めの日', width: 6.5, className: 'code', cell: ({ fromOn }) => shortDay(fromOn) },
  { key: 'to', head: '最後の日', width: 6.5, className: 'code', cell: ({ toOn }) => shortDay(toOn) },
  { key: 'absent', head: '不在の人', width: 9, className: 'b el', cell: ({ absentName }) => absentName },
  { key: 'deputy', head: '代理の人', width: 9, className: 'b el', cell: ({ deputyName }) => deputyName },
  { key: 'reason', head: 'わけ', className: 'el', title: ({ reason }) => reason, cell: ({ reason }) => reason },
  { key: 'by', head: '出した人', width: 8, className: 'el', cell: ({ recordedBy }) => recordedBy },
  { key: 'second', head: '認めた人', width: 8, className: 'el', cell: ({ approvedBy }) => approvedBy ?? '—' },
  {
    key: 'state',
    head: '状態',
    width: 9,
    cell: ({ state }) => {
      const [tone, icon, text] = STATE[state]
      return (
        <Badge tone={tone} icon={icon} isBare={state === 'ended' || state === 'planned'}>
          {text}
        </Badge>
      )
    },
  },
]

/** 不在と代理: a deputy holds the absent person's tasks, and counts as both persons in 二人の確認. */
export function DeputiesPage() {
  const me = useMe()
  const list = useQuery(staffQuery)
  const age = useDataAge(list.dataUpdatedAt)
  const [focus, setFocus] = useState(-1)
  const [asking, setAsking] = useState<'new' | 'withdraw' | null>(null)
  const approve = useChange(
    (deputyId: string) =>
      api('POST /api/settings/deputies/:deputyId/approve', {
        params: { deputyId },
        idempotencyKey: crypto.randomUUID(),
      }),
    () => undefined,
  )
  const deputies = list.data?.deputies ?? []
  const chosen = deputies[focus]
  return (
    <main className="main lay-list" id="main">
      <SettingsRail show="" />
      <section aria-labelledby="page-title">
        <TaskHead
          title={
            <>
              不在と代理<span className="sub">{formatNumber(deputies.length)}件</span>
            </>
          }
          meta={<Age {...age} />}
        />
        <div className="toolbar">
          <span className="sub">代理の人は、不在の人の作業を担当できます。二人の確認では、二人分として数えます。</span>
        </div>
        <div className="gridarea">
          {(list.error ?? approve.error) !== null && <ProblemNote error={list.error ?? approve.error} />}
          <DataGrid
            label={`不在と代理 ${formatNumber(deputies.length)}件`}
            columns={columns}
            count={deputies.length}
            rowAt={(at) => deputies[at]}
            keyOf={({ deputyId }) => deputyId}
            nameOf={({ absentName, deputyName }) => `${absentName} の代理 ${deputyName}`}
            focus={focus}
            onFocus={setFocus}
            isStackable
            empty={list.isSuccess && <p className="empty">不在と代理の登録はありません。</p>}
          />
        </div>
        <div className="actionbar">
          <Button
            look="danger"
            blocked={!chosen ? '行を選んでください' : !chosen.canWithdraw && 'この代理はやめられません'}
            onClick={() => setAsking('withdraw')}
          >
            代理をやめる…
          </Button>
          <span className="end row">
            {mayCall(me, 'POST /api/settings/deputies/:deputyId/approve') && (
              <Button
                blocked={!chosen ? '行を選んでください' : !chosen.canApprove && 'この代理を認めることはできません'}
                onClick={() => chosen && approve.mutate(chosen.deputyId)}
              >
                代理を認める
              </Button>
            )}
            {mayCall(me, 'POST /api/settings/deputies') && (
              <Button look="primary" onClick={() => setAsking('new')}>
                代理を決める…
              </Button>
            )}
          </span>
        </div>
      </section>
      {asking === 'new' && list.data && <NewDeputyDialog data={list.data} onClose={() => setAsking(null)} />}
      {asking === 'withdraw' && chosen && (
        <ReasonDialog
          title={`${chosen.absentName} の代理をやめる`}
          act="代理をやめる"
          hint="今日が代理の最後の日になります。"
          work={(reason) =>
            api('POST /api/settings/deputies/:deputyId/withdraw', {
              params: { deputyId: chosen.deputyId },
              body: { reason },
              idempotencyKey: crypto.randomUUID(),
            })
          }
          onClose={() => setAsking(null)}
        />
      )}
    </main>
  )
}

function NewDeputyDialog({ data, onClose }: { data: Staff; onClose: () => void }) {
  const [absentUserId, setAbsent] = useState(data.staff.find(({ isMe }) => isMe)?.userId ?? '')
  const [deputyUserId, setDeputy] = useState('')
  const [fromOn, setFrom] = useState<PlainDate | null>(null)
  const [toOn, setTo] = useState<PlainDate | null>(null)
  const [reason, setReason] = useState('')
  const key = useRef(crypto.randomUUID())
  const change = useChange(
    (body: { absentUserId: string; deputyUserId: string; fromOn: string; toOn: string; reason: string }) =>
      api('POST /api/settings/deputies', { body, idempotencyKey: key.current }),
    onClose,
  )
  const people = data.staff
    .filter(
      ({ roles, isDisabled }) =>
        !isDisabled &&
        roles.some(({ role, state }) => (role === 'tantou' || role === 'kakaricho') && state === 'inForce'),
    )
    .map(({ userId, name }) => ({ value: userId, label: name }))
  const options = [{ value: '', label: '選んでください' }, ...people]
  const blocked =
    absentUserId === '' || deputyUserId === ''
      ? '二人を選んでください'
      : fromOn === null || toOn === null
        ? '期間を入れてください'
        : reason.trim().length < 2 && 'わけを書いてください'
  return (
    <FormDialog
      title="不在と代理を決める"
      act="代理を決める"
      blocked={blocked}
      isPending={change.isPending}
      error={change.error}
      onSubmit={() =>
        fromOn && toOn && change.mutate({ absentUserId, deputyUserId, fromOn, toOn, reason: reason.trim() })
      }
      onClose={onClose}
    >
      <SelectField label="不在の人" isRequired value={absentUserId} onChange={setAbsent} options={options} />
      <SelectField label="代理の人" isRequired value={deputyUserId} onChange={setDeputy} options={options} />
      <DateField label="始めの日" isRequired value={fromOn} onChange={setFrom} />
      <DateField label="最後の日" isRequired value={toOn} onChange={setTo} />
      <TextField
        label="わけ"
        isRequired
        value={reason}
        onChange={setReason}
        maxLength={200}
        hint="休暇・出張・研修など"
      />
    </FormDialog>
  )
}
