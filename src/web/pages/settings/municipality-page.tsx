import { useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { api } from '../../lib/api.ts'
import { shortMoment } from '../../lib/dates.ts'
import { Age, useDataAge } from '../../ui/age.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TaskHead } from '../../ui/taskhead.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SealDialog } from './seal-dialog.tsx'
import { SettingForm } from './setting-form.tsx'
import { textsOf, valueOf, type Texts } from './setting-values.ts'
import { SettingsRail } from './settings-rail.tsx'
import { municipalityQuery, useChange } from './settings-query.ts'
import { Versions } from './versions.tsx'

type Setting = Reply<'GET /api/settings/municipality/:name'>
const NAME = 'notices'

/** 自治体の設定: what the letters print and the screens call the office. */
export function MunicipalityPage() {
  const query = useQuery(municipalityQuery(NAME))
  const age = useDataAge(query.dataUpdatedAt)
  const setting = query.data
  return (
    <main className="main lay-list lay-set" id="main">
      <SettingsRail show="" />
      {setting ? (
        <Editor key={`${setting.recordedAt} ${setting.waiting?.changeId}`} setting={setting} age={age} />
      ) : (
        <section aria-labelledby="page-title">
          <TaskHead title="自治体の設定" meta={<Age {...age} />} />
          {query.error && <ProblemNote error={query.error} />}
        </section>
      )}
      <aside className="drawer setting" aria-label="変更とこれまでの版">
        {setting && <Versions title={setting.title} reach={setting.reach} setting={setting} />}
      </aside>
    </main>
  )
}

function Editor({ setting, age }: { setting: Setting; age: { seconds: number; isOld: boolean } }) {
  const first = textsOf(setting.fields, setting.value)
  const [texts, setTexts] = useState<Texts>(first)
  const [isAsking, setAsking] = useState(false)
  const [isRegistering, setRegistering] = useState(false)
  const [registered, setRegistered] = useState<string | null>(null)
  const isSame = setting.fields.every(({ path }) => texts[path] === first[path])
  return (
    <section aria-labelledby="page-title">
      <TaskHead
        title="自治体の設定"
        meta={
          <>
            <Age {...age} />
            <span className="sub">
              {setting.recordedAt === null ? 'まだ登録がありません' : `${shortMoment(setting.recordedAt)} から`}
            </span>
          </>
        }
      />
      <div className="toolbar">
        <span className="sub">{setting.title}。変更は別の人が施行してから効きます。</span>
        {setting.canPropose && (
          <span className="end">
            <Button look="secondary" onClick={() => setRegistering(true)}>
              公印の画像を登録する…
            </Button>
          </span>
        )}
      </div>
      <div className="scroll" tabIndex={0} role="region" aria-label="設定の内容">
        {registered !== null && (
          <Note kind="done" next="「公印」で選び、変更を出してください。">
            <b>公印の画像「{registered}」を登録しました。</b>
          </Note>
        )}
        <div className="settingform">
          <SettingForm fields={setting.fields} texts={texts} isReadOnly={!setting.canPropose} onChange={setTexts} />
        </div>
      </div>
      <div className="actionbar">
        <span className="sub">
          {setting.waiting ? '確認を待つ変更があります。決まるまで次の変更は出せません。' : ''}
        </span>
        <span className="end row">
          {setting.canPropose && (
            <>
              <Button look="secondary" blocked={isSame && '変えたところがありません'} onClick={() => setTexts(first)}>
                元に戻す
              </Button>
              <Button look="primary" blocked={isSame && '変えたところがありません'} onClick={() => setAsking(true)}>
                変更を出す…
              </Button>
            </>
          )}
        </span>
      </div>
      {isRegistering && <SealDialog onDone={setRegistered} onClose={() => setRegistering(false)} />}
      {isAsking && (
        <ProposeDialog
          value={valueOf(setting.fields, texts, setting.value)}
          reach={setting.reach}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}

function ProposeDialog({ value, reach, onClose }: { value: object; reach: string; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const key = useRef(crypto.randomUUID())
  const change = useChange(
    (why: string) =>
      api('POST /api/settings/municipality/:name', {
        params: { name: NAME },
        body: { value: { ...value }, reason: why },
        idempotencyKey: key.current,
      }),
    onClose,
  )
  return (
    <FormDialog
      title="自治体の設定の変更を出す"
      act="変更を出す"
      blocked={reason.trim().length < 2 && 'わけを書いてください'}
      isPending={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate(reason.trim())}
      onClose={onClose}
    >
      <p className="sub">{reach}</p>
      <TextField label="わけ" isRequired value={reason} onChange={setReason} maxLength={200} />
    </FormDialog>
  )
}
