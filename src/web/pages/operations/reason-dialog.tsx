import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../lib/api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import type { OperationsView } from './operations-query.ts'

type Alarm = OperationsView['alarms'][number]

/** 警報を消す: what was looked at, for the journal. */
export function ClearAlarm({ alarm, onClose }: { alarm: Alarm; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const client = useQueryClient()
  const clear = useMutation({
    mutationFn: () =>
      api('POST /api/operations/alarms/:alarmId/clear', {
        params: { alarmId: alarm.alarmId },
        body: { reason: reason.trim() },
      }),
    onSuccess: async () => {
      await client.invalidateQueries()
      onClose()
    },
  })
  const blocked = reason.trim().length < 5 ? '何を確かめたかを5字以上入れてください' : clear.isPending && '送っています'
  return (
    <Dialog title="警報を消す" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (blocked === false) clear.mutate()
        }}
      >
        <p>{alarm.message}</p>
        <p className="sub code">{alarm.detail}</p>
        {alarm.kind === 'quarantine' && <p>消すと、この記録は読み直しの対象から外れます。</p>}
        <TextField
          label="何を確かめたか"
          isRequired
          value={reason}
          onChange={setReason}
          maxLength={200}
          hint="監査の記録に残ります。"
        />
        {clear.error && <ProblemNote error={clear.error} />}
        <div className="foot">
          <Button look="secondary" onClick={onClose}>
            やめる
          </Button>
          <Button type="submit" look="primary" blocked={blocked}>
            警報を消す
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
