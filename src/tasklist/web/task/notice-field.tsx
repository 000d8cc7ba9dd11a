import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { heldLetterQuery, letterQuery } from '#trace/web/runs/run-query.ts'
import { rowNoOf } from '#web/lib/notice-number.ts'
import { useSettled } from '#web/lib/use-settled.ts'
import { TextField } from '#web/ui/field.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'

interface NoticeFieldProps {
  readonly runId: string
  readonly label: string
  /** Id of the notice. */
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  /** What the chosen letter is called: 「R8-52-0001-000003 00000003 見本 3郎」. */
  readonly onName: (noticeId: string, name: string) => void
}

/** A letter of this run that may be sent: by the 発行番号 that is printed on it, however many there are. */
export function NoticeField({ runId, label, value, onChange, onName }: NoticeFieldProps) {
  const [typed, setTyped] = useState('')
  const rowNo = rowNoOf(typed)
  const asked = useSettled(rowNo) // each letter that is looked up is a reading of somebody: 1 and 12 are not, on the way to 123
  const found = useQuery(letterQuery(runId, asked, 'released'))
  const kept = useQuery(heldLetterQuery(runId, typed === '' && typeof value === 'string' ? value : null)) // of a draft
  const letter = typed === '' ? kept.data : rowNo === null ? null : asked === rowNo ? found.data : undefined
  const noticeId = letter?.noticeId
  useEffect(() => {
    if (typed !== '' && noticeId !== value) onChange(noticeId)
  }, [typed, noticeId, value, onChange])
  const name = letter && `${letter.noticeNo ?? ''} ${letter.insuredNo} ${letter.personName}`
  useEffect(() => {
    if (noticeId && name) onName(noticeId, name)
  }, [noticeId, name, onName])
  const isUnknown = letter === null && (rowNo !== null || typed === '')
  const error = found.error ?? kept.error
  return (
    <>
      {error && <ProblemNote error={error} />}
      <TextField
        label={`${label}の発行番号`}
        isRequired
        value={typed}
        onChange={setTyped}
        maxLength={40}
        hint={
          letter
            ? `${typed === '' ? '下書きで選んだ通知: ' : ''}印刷番号 ${letter.printNo ?? '—'} ${name ?? ''}`
            : '督促状に印字した番号。終わりの番号だけでも探せます。'
        }
        error={isUnknown ? 'この番号の発送する通知はありません。番号を確かめてください。' : undefined}
      />
    </>
  )
}
