import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../lib/api.ts'
import { shortMoment } from '../../lib/dates.ts'
import { mayCall, useMe } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { ClearAlarm } from './reason-dialog.tsx'
import type { OperationsView } from './operations-query.ts'

/** 警報 with 次にすること; those that somebody must have looked at have a button. */
export function Alarms({ alarms }: Pick<OperationsView, 'alarms'>) {
  const [clearing, setClearing] = useState<OperationsView['alarms'][number] | null>(null)
  const me = useMe()
  const mayClear = mayCall(me, 'POST /api/operations/alarms/:alarmId/clear')
  if (alarms.length === 0)
    return (
      <Note kind="done">
        <b>警報はありません。</b>
      </Note>
    )
  return (
    <>
      {alarms.map((alarm) => (
        <Note
          key={alarm.alarmId}
          kind={alarm.kind === 'disk-low' ? 'warn' : 'late'}
          next={alarm.next}
          code={`${alarm.kind} ${alarm.detail}`.trim()}
          action={
            alarm.canClear && mayClear ? <Button onClick={() => setClearing(alarm)}>警報を消す…</Button> : undefined
          }
        >
          <b>{alarm.message}</b> <span className="sub">{shortMoment(alarm.at)}から</span>
        </Note>
      ))}
      {clearing && <ClearAlarm alarm={clearing} onClose={() => setClearing(null)} />}
    </>
  )
}

/** 隔離した記録: read again when the program was mended. */
export function Quarantine({ quarantine }: Pick<OperationsView, 'quarantine'>) {
  const client = useQueryClient()
  const me = useMe()
  const again = useMutation({
    mutationFn: (body: { record: string; projector: string }) => api('POST /api/operations/quarantine/again', { body }),
    onSettled: () => client.invalidateQueries(),
  })
  if (quarantine.length === 0) return null
  const mayTry = mayCall(me, 'POST /api/operations/quarantine/again')
  return (
    <section aria-labelledby="quarantine">
      <h2 id="quarantine">隔離した記録</h2>
      {again.error && <ProblemNote error={again.error} />}
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">記録</th>
            <th scope="col">読み手</th>
            <th scope="col">いつ</th>
            <th scope="col">わけ</th>
            <th scope="col">次にすること</th>
          </tr>
        </thead>
        <tbody>
          {quarantine.map(({ record, projector, at, error }) => (
            <tr key={`${record} ${projector}`}>
              <td className="code">{record}</td>
              <td className="code">{projector}</td>
              <td>{shortMoment(at)}</td>
              <td className="code el" title={error}>
                {error}
              </td>
              <td>
                {mayTry && (
                  <Button
                    blocked={again.isPending && '読み直しています'}
                    aria-label={`記録 ${record} を読み直す`}
                    onClick={() => again.mutate({ record, projector })}
                  >
                    読み直す
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
