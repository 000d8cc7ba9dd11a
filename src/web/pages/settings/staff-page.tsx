import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { formatNumber } from '../../lib/numbers.ts'
import { mayCall, useMe } from '../../lib/session.ts'
import { Age, useDataAge } from '../../ui/age.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DataGrid, type GridColumn } from '../../ui/grid/data-grid.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TaskHead } from '../../ui/taskhead.tsx'
import { ChangeUnitDialog } from './change-unit-dialog.tsx'
import { NewStaffDialog, NewUnitDialog } from './new-staff-dialogs.tsx'
import { SettingsRail } from './settings-rail.tsx'
import { staffQuery, type Staff, type StaffMember } from './settings-query.ts'
import { StaffPanel } from './staff-panel.tsx'

/** In force on the day: both ends included. */
export const isNow = ({ validFrom, validTo }: { validFrom: string; validTo: string | null }, today: string): boolean =>
  validFrom <= today && (validTo === null || today <= validTo)

const columnsOf = ({ units, today }: Staff): readonly GridColumn<StaffMember>[] => [
  { key: 'name', head: '氏名', width: 9, className: 'b el', cell: ({ name, isMe }) => (isMe ? `${name}(自分)` : name) },
  { key: 'login', head: 'ログイン', width: 8, className: 'code el', cell: ({ login }) => login },
  {
    key: 'roles',
    head: '役割',
    width: 12,
    className: 'el',
    cell: ({ roles }) =>
      roles
        .filter(({ state }) => state === 'inForce')
        .map(({ label }) => label)
        .join('・') || '—',
  },
  {
    key: 'units',
    head: '係',
    className: 'el',
    cell: (member) =>
      member.units
        .filter((one) => isNow(one, today))
        .map(({ unitId }) => units.find((unit) => unit.unitId === unitId)?.name ?? '')
        .join('・') || '—',
  },
  { key: 'state', head: '状態', width: 10, cell: (member) => <State member={member} /> },
]

function State({ member: { isDisabled, roles } }: { member: StaffMember }) {
  if (isDisabled)
    return (
      <Badge tone="wait" icon="minus">
        止めたログイン
      </Badge>
    )
  if (roles.some(({ state }) => state === 'waiting'))
    return (
      <Badge tone="guard" icon="users">
        二人目の確認待ち
      </Badge>
    )
  if (roles.some(({ state }) => state === 'inForce'))
    return (
      <Badge tone="done" icon="check" isBare>
        使える
      </Badge>
    )
  return (
    <Badge tone="wait" icon="ring" isBare>
      役割なし
    </Badge>
  )
}

/** 職員と役割: who may do what from when to when, and in which 係. */
export function StaffPage() {
  const me = useMe()
  const list = useQuery(staffQuery)
  const age = useDataAge(list.dataUpdatedAt)
  const [focus, setFocus] = useState(-1)
  const [adding, setAdding] = useState<'staff' | 'unit' | 'change-unit' | null>(null)
  const data = list.data
  const chosen = data?.staff[focus]
  return (
    <main className="main lay-list lay-set" id="main">
      <SettingsRail show="" />
      <section aria-labelledby="page-title">
        <TaskHead
          title={
            <>
              職員と役割<span className="sub">{formatNumber(data?.staff.length ?? 0)}人</span>
            </>
          }
          meta={<Age {...age} />}
        />
        <div className="toolbar">
          <span className="sub">係長・監査・管理者の役割は、二人目が認めてから効きます。</span>
          <span className="end row">
            {mayCall(me, 'POST /api/settings/units') && (
              <>
                <Button look="secondary" onClick={() => setAdding('change-unit')}>
                  係を改める…
                </Button>
                <Button look="secondary" onClick={() => setAdding('unit')}>
                  係を登録する…
                </Button>
              </>
            )}
            {mayCall(me, 'POST /api/settings/staff') && (
              <Button onClick={() => setAdding('staff')}>職員を登録する…</Button>
            )}
          </span>
        </div>
        <div className="gridarea">
          {list.error && <ProblemNote error={list.error} />}
          {data && (
            <DataGrid
              label={`職員 ${formatNumber(data.staff.length)}人`}
              columns={columnsOf(data)}
              count={data.staff.length}
              rowAt={(at) => data.staff[at]}
              keyOf={({ userId }) => userId}
              nameOf={({ name }) => name}
              focus={focus}
              onFocus={setFocus}
              isStackable
            />
          )}
        </div>
      </section>
      <aside className="drawer setting" aria-label="選んだ職員">
        {data && chosen ? (
          <StaffPanel key={chosen.userId} data={data} member={chosen} />
        ) : (
          <p className="panel sub">職員を選ぶと、役割と係の期間が出ます。</p>
        )}
      </aside>
      {adding === 'staff' && <NewStaffDialog onClose={() => setAdding(null)} />}
      {adding === 'change-unit' && data && <ChangeUnitDialog units={data.units} onClose={() => setAdding(null)} />}
      {adding === 'unit' && <NewUnitDialog onClose={() => setAdding(null)} />}
    </main>
  )
}
