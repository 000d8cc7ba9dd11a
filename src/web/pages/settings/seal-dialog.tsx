import { useState } from 'react'
import { api } from '../../lib/api.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Field, TextField } from '../../ui/field.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { useChange } from './settings-query.ts'

/** The bytes of a file as base64. */
const base64Of = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** 公印の画像を登録する: it is kept, and can then be chosen in the settings; those count when another person puts them in force. */
export function SealDialog({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null)
  const [note, setNote] = useState('')
  const change = useChange(
    async (chosen: File) =>
      api('POST /api/settings/seals', { body: { picture: await base64Of(chosen), note: note.trim() } }),
    onClose,
  )
  return (
    <ChangeDialog
      title="公印の画像を登録する"
      act="登録する"
      blocked={file === null ? '画像を選んでください' : note.trim().length < 2 && '名前を書いてください'}
      isPending={change.isPending}
      error={change.error}
      onSubmit={() => file && change.mutate(file)}
      onClose={onClose}
    >
      <p className="sub">
        登録しただけでは印字されません。「公印」で選んで変更を出し、別の人が施行すると、その後に作る通知に印字します。
      </p>
      <Field
        label="画像"
        isRequired
        hint={file ? `${file.name} ${formatNumber(file.size)}バイト` : 'PNG 又は SVG、200KBまで'}
      >
        {(links) => (
          <input
            {...links}
            className="inp"
            type="file"
            accept="image/png,image/svg+xml"
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
        )}
      </Field>
      <TextField
        label="名前"
        isRequired
        value={note}
        onChange={setNote}
        maxLength={60}
        hint="選ぶときに見える名前。「市長印(令和8年)」など"
      />
    </ChangeDialog>
  )
}
