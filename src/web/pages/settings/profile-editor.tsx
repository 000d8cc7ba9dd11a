import { useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { api } from '../../lib/api.ts'
import { shortMoment } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { mayCall, useMe } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Field, SelectField, TextField } from '../../ui/field.tsx'
import { FilePick } from '../../ui/file-pick.tsx'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useChange } from './settings-query.ts'

type Profile = Reply<'GET /api/settings/profiles/:kind'>
const FILE_STATES: Readonly<Record<string, string>> = {
  accepted: '受け入れた',
  refused: '拒否',
  received: '受領',
  reading: '読んでいます',
}

/** 様式を改める: the layout as text or from a file, tried on a received file, then proposed. */
export function ProfileEditor({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const me = useMe()
  const [text, setText] = useState(profile.text)
  const [fileId, setFile] = useState(profile.files[0]?.fileId ?? '')
  const [reason, setReason] = useState('')
  const key = useRef(crypto.randomUUID())
  /** Name of the file that the layout was read from. */
  const [read, setRead] = useState('')
  const params = { kind: profile.kind }
  const trial = useMutation({
    mutationFn: () => api('POST /api/settings/profiles/:kind/try', { params, body: { text, fileId } }),
  })
  const change = useChange(
    (why: string) =>
      api('POST /api/settings/profiles/:kind', {
        params,
        body: { text, reason: why },
        idempotencyKey: key.current,
      }),
    onClose,
  )
  const edit = (next: string) => {
    setText(next)
    trial.reset()
  }
  return (
    <FormDialog
      title={`「${profile.title}」の様式を改める`}
      act="変更を出す"
      blocked={text === profile.text ? '変えたところがありません' : reason.trim().length < 2 && 'わけを書いてください'}
      isPending={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate(reason.trim())}
      onClose={onClose}
    >
      <Field label="様式(JSON)" isRequired hint="version を1つ上げてください。項目(field)と型は変えられません。">
        {(links) => (
          <textarea
            {...links}
            className="inp layouttext"
            rows={14}
            spellCheck={false}
            value={text}
            onChange={(event) => edit(event.target.value)}
          />
        )}
      </Field>
      <Field label="ファイルから読む" hint={read === '' ? '様式を書いたファイル(JSON)' : `${read} を読みました`}>
        {(links) => (
          <FilePick
            links={links}
            accept=".json,application/json"
            onChoose={(file) => {
              setRead('')
              void file?.text().then((found) => {
                edit(found)
                setRead(file.name)
              })
            }}
          />
        )}
      </Field>
      {profile.direction === 'in' && mayCall(me, 'POST /api/settings/profiles/:kind/try') && (
        <div className="stack">
          <SelectField
            label="試すファイル"
            value={fileId}
            onChange={setFile}
            options={[
              { value: '', label: 'この種類の受け入れたファイルから選んでください' },
              ...profile.files.map((file) => ({
                value: file.fileId,
                label: `${file.name} ${shortMoment(file.receivedAt)} ${FILE_STATES[file.status] ?? file.status}`,
              })),
            ]}
          />
          <Button
            blocked={fileId === '' ? 'ファイルを選んでください' : trial.isPending && '読んでいます'}
            onClick={() => trial.mutate()}
          >
            試しに読む
          </Button>
          {trial.error && <ProblemNote error={trial.error} />}
          {trial.data && <Trial trial={trial.data} />}
        </div>
      )}
      <TextField label="わけ" isRequired value={reason} onChange={setReason} maxLength={200} />
    </FormDialog>
  )
}

/** What reading the file by the new layout would give; nothing of it was kept. */
function Trial({ trial }: { trial: Reply<'POST /api/settings/profiles/:kind/try'> }) {
  if (trial.refusal)
    return (
      <Note kind="late" code={trial.refusal.code}>
        <b>ファイル全体が読めません。</b>
        {trial.refusal.message}
      </Note>
    )
  return (
    <Note kind={trial.rejected === 0 ? 'done' : 'warn'}>
      <p>
        {formatNumber(trial.lines)}行を読み、誤りのある行は {formatNumber(trial.rejected)}行です。何も残していません。
      </p>
      <ul>
        {trial.errors.slice(0, 10).map((error) => (
          <li key={`${error.line} ${error.field} ${error.code}`}>
            {error.line}行目 {error.field ?? ''} {error.value ?? ''} {error.message}
          </li>
        ))}
      </ul>
    </Note>
  )
}
