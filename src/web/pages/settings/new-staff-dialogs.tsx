import { useRef, useState } from 'react'
import type { PlainDate } from '#kernel/plain-date.ts'
import { api } from '../../lib/api.ts'
import { DateField } from '../../ui/date-field.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useChange } from './settings-query.ts'

/** 職員を登録する: a login without any role yet. */
export function NewStaffDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [kana, setKana] = useState('')
  const [login, setLogin] = useState('')
  const [subject, setSubject] = useState('')
  const key = useRef(crypto.randomUUID())
  const change = useChange(
    (body: { login: string; name: string; kana: string; subject: string | null }) =>
      api('POST /api/settings/staff', { body, idempotencyKey: key.current }),
    onClose,
  )
  const blocked =
    name.trim() === ''
      ? '氏名を入れてください'
      : kana.trim() === ''
        ? '氏名カナを入れてください'
        : !/^[a-z][a-z0-9._-]{1,39}$/.test(login.trim()) && 'ログイン名は半角の英小文字で始めてください'
  return (
    <FormDialog
      title="職員を登録する"
      act="登録する"
      blocked={blocked}
      isPending={change.isPending}
      error={change.error}
      onSubmit={() =>
        change.mutate({
          login: login.trim(),
          name: name.trim(),
          kana: kana.trim(),
          subject: subject.trim() === '' ? null : subject.trim(),
        })
      }
      onClose={onClose}
    >
      <TextField label="氏名" isRequired value={name} onChange={setName} maxLength={60} />
      <TextField label="氏名カナ" isRequired value={kana} onChange={setKana} maxLength={60} />
      <TextField
        label="ログイン名"
        isRequired
        value={login}
        onChange={setLogin}
        maxLength={40}
        hint="半角の英小文字・数字・. _ -"
      />
      <TextField
        label="職員認証の識別子"
        optional="任意"
        value={subject}
        onChange={setSubject}
        maxLength={200}
        hint="OpenID Connect の sub。これがあるとログインできます。"
      />
    </FormDialog>
  )
}

/** 係を登録する. */
export function NewUnitDialog({ onClose }: { onClose: () => void }) {
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [kana, setKana] = useState('')
  const [validFrom, setFrom] = useState<PlainDate | null>(null)
  const key = useRef(crypto.randomUUID())
  const change = useChange(
    (body: { code: string; name: string; kana: string; validFrom: string; validTo: null }) =>
      api('POST /api/settings/units', { body, idempotencyKey: key.current }),
    onClose,
  )
  const blocked = !/^[0-9A-Za-z-]{1,10}$/.test(code.trim())
    ? '番号は半角の英数字で入れてください'
    : name.trim() === '' || kana.trim() === ''
      ? '名前とカナを入れてください'
      : validFrom === null && '始めの日を入れてください'
  return (
    <FormDialog
      title="係を登録する"
      act="登録する"
      blocked={blocked}
      isPending={change.isPending}
      error={change.error}
      onSubmit={() =>
        validFrom &&
        change.mutate({ code: code.trim(), name: name.trim(), kana: kana.trim(), validFrom, validTo: null })
      }
      onClose={onClose}
    >
      <TextField label="番号" isRequired value={code} onChange={setCode} maxLength={10} hint="この順に並びます" />
      <TextField label="名前" isRequired value={name} onChange={setName} maxLength={60} />
      <TextField label="カナ" isRequired value={kana} onChange={setKana} maxLength={60} />
      <DateField label="始めの日" isRequired value={validFrom} onChange={setFrom} />
    </FormDialog>
  )
}
