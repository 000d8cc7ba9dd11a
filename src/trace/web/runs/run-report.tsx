import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PlainDate } from '#kernel/plain-date.ts'
import { api } from '#web/lib/api.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { mayCall, useMe } from '#web/lib/session.ts'
import { Button } from '#web/ui/button.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { FormDialog } from '#web/ui/form-dialog.tsx'
import { SelectField, TextField } from '#web/ui/field.tsx'
import { Note } from '#web/ui/note.tsx'
import type { RunDetail } from './run-query.ts'
import { SENDING_WAYS } from './sending-ways.ts'

/** 送付ファイルの次の版: after 007, when the file that was sent names letters that did not leave. */
export function Report({ run }: { run: RunDetail }) {
  const me = useMe()
  const [isOpen, setOpen] = useState(false)
  if (run.report === null) return null
  const { kind, version, undispatched } = run.report
  const isRemake = kind === 'remake'
  const mayAct = mayCall(me, isRemake ? 'POST /api/runs/:runId/report' : 'POST /api/runs/:runId/report/sent')
  return (
    <>
      <Note
        kind="warn"
        action={
          mayAct ? (
            <Button look="secondary" onClick={() => setOpen(true)}>
              {isRemake ? `第${version + 1}版を作る…` : `第${version}版の送付を記録する…`}
            </Button>
          ) : undefined
        }
      >
        {isRemake
          ? `送った第${version}版に、発送しなかった通知${formatNumber(undispatched)}件が入っています。`
          : `第${version}版を作りました。広域連合へ送ったら記録してください。`}
      </Note>
      {isOpen && isRemake && <RemakeDialog run={run} version={version} onClose={() => setOpen(false)} />}
      {isOpen && !isRemake && <SentDialog run={run} version={version} onClose={() => setOpen(false)} />}
    </>
  )
}

interface DialogProps {
  readonly run: RunDetail
  readonly version: number
  readonly onClose: () => void
}

/** Everything that shows the run is read again. */
function useAct(runId: string, work: (idempotencyKey: string) => Promise<unknown>, onClose: () => void) {
  const client = useQueryClient()
  const [key] = useState(() => crypto.randomUUID())
  return useMutation({
    mutationFn: () => work(key),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['run', 'one', runId] })
      onClose()
    },
  })
}

function RemakeDialog({ run, version, onClose }: DialogProps) {
  const { runId } = run
  const remake = useAct(
    runId,
    (idempotencyKey) => api('POST /api/runs/:runId/report', { params: { runId }, idempotencyKey }),
    onClose,
  )
  return (
    <FormDialog
      title={`滞納者情報 第${version + 1}版を作る`}
      act={`第${version + 1}版を作る`}
      blocked={remake.isPending && '作っています'}
      error={remake.error}
      onSubmit={() => remake.mutate()}
      onClose={onClose}
    >
      <p>発送しなかった通知を除き、本日の未納額で作ります。送った版は残ります。</p>
    </FormDialog>
  )
}

function SentDialog({ run, version, onClose }: DialogProps) {
  const { runId } = run
  const [sentOn, setSentOn] = useState<PlainDate | null>(null)
  const [sentBy, setSentBy] = useState('')
  const [receiptNo, setReceiptNo] = useState('')
  const record = useAct(
    runId,
    (idempotencyKey) =>
      api('POST /api/runs/:runId/report/sent', {
        params: { runId },
        body: {
          version,
          sentOn: sentOn ?? '',
          sentBy: sentBy as (typeof SENDING_WAYS)[number]['value'], // chosen from them
          ...(receiptNo.trim() === '' ? {} : { receiptNo: receiptNo.trim() }),
        },
        idempotencyKey,
      }),
    onClose,
  )
  const blocked = sentOn === null ? '送付した日を入れてください' : sentBy === '' && '送付の方法を選んでください'
  return (
    <FormDialog
      title={`第${version}版の送付を記録する`}
      act="送付を記録する"
      blocked={blocked}
      isPending={record.isPending}
      error={record.error}
      onSubmit={() => record.mutate()}
      onClose={onClose}
    >
      <DateField label="送付した日" isRequired value={sentOn} onChange={setSentOn} />
      <SelectField
        label="送付の方法"
        isRequired
        value={sentBy}
        onChange={setSentBy}
        options={[{ value: '', label: '選んでください' }, ...SENDING_WAYS]}
      />
      <TextField label="受付番号" optional="任意" value={receiptNo} onChange={setReceiptNo} maxLength={30} />
    </FormDialog>
  )
}
