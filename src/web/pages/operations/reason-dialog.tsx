import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../lib/api.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { TextField } from '../../ui/field.tsx'
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
  const blocked = reason.trim().length < 5 && '何を確かめたかを5字以上入れてください'
  return (
    <FormDialog
      title="警報を消す"
      act="警報を消す"
      blocked={blocked}
      isPending={clear.isPending}
      error={clear.error}
      onSubmit={() => clear.mutate()}
      onClose={onClose}
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
    </FormDialog>
  )
}
