import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { parsePlainDate, type PlainDate } from '#kernel/plain-date.ts'
import { api } from '#web/lib/api.ts'
import { DateField } from '#web/ui/date-field.tsx'
import { FormDialog } from '#web/ui/form-dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import type { Spelling, SpellingPage, SpellingText } from './spellings-page.tsx'

interface FormProps {
  readonly insuredId: string
  readonly today: string
  readonly onDone: (page: SpellingPage) => void
  readonly onClose: () => void
}

const REASON_MIN = 5
const reasonMissing = (reason: string): string | false =>
  reason.trim().length < REASON_MIN ? `わけを${REASON_MIN}字以上入れてください` : false

/** 表記を決める: what is printed for one registered text, from when, and why. */
export function DecideSpelling({
  insuredId,
  text,
  today,
  onDone,
  onClose,
}: FormProps & { readonly text: SpellingText }) {
  const { field, original } = text
  const [substitute, setSubstitute] = useState('')
  const [validFrom, setFrom] = useState<PlainDate | null>(parsePlainDate(today))
  const [validTo, setTo] = useState<PlainDate | null>(null)
  const [reason, setReason] = useState('')
  const decide = useMutation({
    mutationFn: (from: PlainDate) =>
      api('POST /api/insured/:insuredId/spellings', {
        params: { insuredId },
        body: { field, original, substitute: substitute.trim(), validFrom: from, validTo, reason: reason.trim() },
      }),
    onSuccess: onDone,
  })
  const blocked =
    substitute.trim() === ''
      ? '印字する字を入れてください'
      : validFrom === null
        ? 'はじまりの日を入れてください'
        : reasonMissing(reason) || (decide.isPending && '登録しています')
  return (
    <FormDialog
      title={`${field}の代替表記を決める`}
      act="決める"
      blocked={blocked}
      error={decide.error}
      onSubmit={() => validFrom !== null && decide.mutate(validFrom)}
      onClose={onClose}
    >
      <dl className="kv">
        <dt>登録の字</dt>
        <dd>
          <b>{original}</b>
        </dd>
        <dt>字形なし</dt>
        <dd className="code">{text.missing.map(({ char, code }) => `${char}(${code})`).join('、')}</dd>
      </dl>
      <TextField
        label="印字する字"
        isRequired
        value={substitute}
        onChange={setSubstitute}
        maxLength={200}
        hint="全体を書いてください。通知と納付書にこのとおり印字します。登録の字は変わりません。"
      />
      <DateField label="はじまり" isRequired value={validFrom} onChange={setFrom} />
      <DateField label="おわり" value={validTo} onChange={setTo} hint="空のときは、終えるまで使います。" />
      <TextField
        label="わけ"
        isRequired
        value={reason}
        onChange={setReason}
        maxLength={200}
        hint="本人や家族に確かめたことを書いてください。記録に残ります。"
      />
    </FormDialog>
  )
}

/** 終える: the last day on which the spelling is used, and why. */
export function EndSpelling({
  insuredId,
  spelling,
  today,
  onDone,
  onClose,
}: FormProps & { readonly spelling: Spelling }) {
  const [endsOn, setEnd] = useState<PlainDate | null>(parsePlainDate(today))
  const [reason, setReason] = useState('')
  const { spellingId } = spelling
  const end = useMutation({
    mutationFn: (day: PlainDate) =>
      api('POST /api/insured/:insuredId/spellings/:spellingId/end', {
        params: { insuredId, spellingId },
        body: { endsOn: day, reason: reason.trim() },
      }),
    onSuccess: onDone,
  })
  const blocked =
    endsOn === null ? '最後の日を入れてください' : reasonMissing(reason) || (end.isPending && '登録しています')
  return (
    <FormDialog
      title="代替表記を終える"
      act="終える"
      blocked={blocked}
      error={end.error}
      onSubmit={() => endsOn !== null && end.mutate(endsOn)}
      onClose={onClose}
    >
      <p>
        {spelling.original} → <b>{spelling.substitute}</b>
      </p>
      <DateField
        label="最後の日"
        isRequired
        value={endsOn}
        onChange={setEnd}
        hint="はじまりより前の日にすると、一日も使わなかったことになります。"
      />
      <TextField label="わけ" isRequired value={reason} onChange={setReason} maxLength={200} />
    </FormDialog>
  )
}
