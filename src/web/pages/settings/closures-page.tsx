import { useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { plainDateOf, type PlainDate } from '#kernel/plain-date.ts'
import type { Reply } from '#api/contract.ts'
import { api } from '../../lib/api.ts'
import { shortDay, shortMoment, warekiDay } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { mayCall, useMe } from '../../lib/session.ts'
import { Age, useDataAge } from '../../ui/age.tsx'
import { Button } from '../../ui/button.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { DataGrid, type GridColumn } from '../../ui/grid/data-grid.tsx'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TaskHead } from '../../ui/taskhead.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SettingsRail } from './settings-rail.tsx'
import { closureQuery, closuresQuery, useChange } from './settings-query.ts'

type Closure = Reply<'GET /api/settings/closures'>['items'][number]

const columns: readonly GridColumn<Closure>[] = [
  { key: 'day', head: '日', width: 14, className: 'b', cell: ({ closedOn }) => warekiDay(plainDateOf(closedOn)) },
  { key: 'name', head: '名前', className: 'el', cell: ({ name }) => name },
  { key: 'by', head: '登録した人', width: 9, className: 'el', cell: ({ recordedBy }) => recordedBy ?? '—' },
  { key: 'at', head: '登録した時', width: 8, className: 'code', cell: ({ recordedAt }) => shortMoment(recordedAt) },
]

/** 開庁日の暦: the municipality's own closures beside 祝日, Saturdays, Sundays and 12/29–1/3. */
export function ClosuresPage() {
  const me = useMe()
  const list = useQuery(closuresQuery)
  const age = useDataAge(list.dataUpdatedAt)
  const [focus, setFocus] = useState(-1)
  const [asking, setAsking] = useState<'add' | 'remove' | null>(null)
  const items = list.data?.items ?? []
  const chosen = items[focus]
  return (
    <main className="main lay-list lay-set" id="main">
      <SettingsRail show="" />
      <section aria-labelledby="page-title">
        <TaskHead
          title={
            <>
              開庁日の暦<span className="sub">休庁日 {formatNumber(items.length)}日</span>
            </>
          }
          meta={<Age {...age} />}
        />
        <div className="toolbar">
          <span className="sub">
            土曜・日曜・祝日・12月29日から1月3日のほかに休む日です。期限の残り開庁日は直ちに数え直します。
          </span>
        </div>
        <div className="gridarea">
          {list.error && <ProblemNote error={list.error} />}
          <DataGrid
            label={`休庁日 ${formatNumber(items.length)}日`}
            columns={columns}
            count={items.length}
            rowAt={(at) => items[at]}
            keyOf={({ closedOn }) => closedOn}
            nameOf={({ closedOn, name }) => `${closedOn} ${name}`}
            focus={focus}
            onFocus={setFocus}
            isStackable
            empty={list.isSuccess && <p className="empty">この自治体だけの休庁日はありません。</p>}
          />
        </div>
        <div className="actionbar">
          {mayCall(me, 'POST /api/settings/closures/:day/remove') && (
            <Button
              look="danger"
              blocked={
                !chosen
                  ? '行を選んでください'
                  : chosen.closedOn <= (list.data?.today ?? '') && '過ぎた休庁日は取り消せません'
              }
              onClick={() => setAsking('remove')}
            >
              休庁日を取り消す…
            </Button>
          )}
          <span className="end">
            {mayCall(me, 'POST /api/settings/closures') ? (
              <Button look="primary" onClick={() => setAsking('add')}>
                休庁日を登録する…
              </Button>
            ) : (
              <span className="sub">休庁日は係長か管理者が登録します</span>
            )}
          </span>
        </div>
      </section>
      <aside className="drawer setting" aria-label="これからの祝日">
        <div className="scroll" tabIndex={0} role="region" aria-label="これからの祝日と休庁日">
          <div className="panel">
            <h2>これから1年の祝日と休庁日</h2>
            <ul className="stack">
              {(list.data?.holidays ?? []).map(({ day, name, isOwn }) => (
                <li key={`${day} ${name}`}>
                  {warekiDay(plainDateOf(day))} {name} {isOwn && <b>休庁日</b>}
                </li>
              ))}
            </ul>
          </div>
        </div>
      </aside>
      {asking === 'add' && <AddDialog onClose={() => setAsking(null)} />}
      {asking === 'remove' && chosen && <RemoveDialog closure={chosen} onClose={() => setAsking(null)} />}
    </main>
  )
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const [closedOn, setDay] = useState<PlainDate | null>(null)
  const [name, setName] = useState('')
  const key = useRef(crypto.randomUUID())
  const change = useChange(
    (body: { closedOn: string; name: string }) =>
      api('POST /api/settings/closures', { body, idempotencyKey: key.current }),
    onClose,
  )
  return (
    <FormDialog
      title="休庁日を登録する"
      act="登録する"
      blocked={closedOn === null ? '日を入れてください' : name.trim().length < 2 && '名前を書いてください'}
      isPending={change.isPending}
      error={change.error}
      onSubmit={() => closedOn && change.mutate({ closedOn, name: name.trim() })}
      onClose={onClose}
    >
      <DateField label="休む日" isRequired value={closedOn} onChange={setDay} />
      <TextField label="名前" isRequired value={name} onChange={setName} maxLength={60} hint="市制記念日など" />
      {closedOn !== null && <Effect day={closedOn} />}
    </FormDialog>
  )
}

/** およぶ範囲: what is printed does not move; the count of 開庁日 does. */
function Effect({ day }: { day: PlainDate }) {
  const { data: effect, error } = useQuery(closureQuery(day))
  if (error) return <ProblemNote error={error} />
  if (!effect) return null
  if (!effect.isOpenDay) return <Note kind="warn">{shortDay(day)} はもともと開庁日ではありません。</Note>
  return (
    <Note kind={effect.runs.length > 0 || effect.tasksDueThen > 0 ? 'warn' : 'info'}>
      <p>
        この日が期限の作業 {formatNumber(effect.tasksDueThen)}件、残りが1開庁日減る作業{' '}
        {formatNumber(effect.tasksWithLess)}件。
      </p>
      {effect.runs.length > 0 && (
        <ul>
          {effect.runs.map((run) => (
            <li key={run.runId}>
              <Link to="/runs/$runId" params={{ runId: run.runId }}>
                {run.number}
              </Link>{' '}
              {run.title} の{run.dates.join('・')}がこの日です(変わりません)。
            </li>
          ))}
        </ul>
      )}
    </Note>
  )
}

function RemoveDialog({ closure, onClose }: { closure: Closure; onClose: () => void }) {
  const change = useChange(
    (day: string) =>
      api('POST /api/settings/closures/:day/remove', {
        params: { day },
        idempotencyKey: crypto.randomUUID(),
      }),
    onClose,
  )
  return (
    <Dialog title="休庁日を取り消しますか" isAlert onClose={onClose}>
      <div className="stack">
        <p>
          {warekiDay(plainDateOf(closure.closedOn))} {closure.name}
        </p>
        {change.error && <ProblemNote error={change.error} />}
        <div className="foot">
          <Button look="secondary" onClick={onClose}>
            やめる
          </Button>
          <Button look="danger" onClick={() => change.mutate(closure.closedOn)}>
            取り消す
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
