import { useEffect, useState } from 'react'
import { api } from '../../lib/api.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Field, TextField } from '../../ui/field.tsx'
import { FilePick } from '../../ui/file-pick.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useChange } from './settings-query.ts'

/** The server refuses a larger picture (`#notices/seal.ts`); here it is said before it is sent. */
const MOST_BYTES = 200_000

/** The bytes of a file as base64. */
const base64Of = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** The chosen picture, under an address of this page only. */
function Picture({ file, onBroken }: { file: File; onBroken: () => void }) {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(file)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return address && <img className="sealpicture" src={address} alt="選んだ公印の画像" onError={onBroken} />
}

/** 公印の画像を登録する: it is kept, and can then be chosen in the settings; those count when another person puts them in force. */
export function SealDialog({ onDone, onClose }: { onDone: (name: string) => void; onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null)
  const [choices, setChoices] = useState(0)
  const [isBroken, setBroken] = useState(false)
  const [note, setNote] = useState('')
  const change = useChange(
    async (chosen: File) =>
      api('POST /api/settings/seals', { body: { picture: await base64Of(chosen), note: note.trim() } }),
    () => {
      onDone(note.trim())
      onClose()
    },
  )
  const isTooBig = file !== null && file.size > MOST_BYTES
  return (
    <FormDialog
      title="公印の画像を登録する"
      act="登録する"
      blocked={
        file === null
          ? '画像を選んでください'
          : isTooBig
            ? '200KBまでの画像を選んでください'
            : isBroken
              ? 'PNG 又は SVG の画像を選んでください'
              : note.trim().length < 2 && '名前を2字以上で書いてください'
      }
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
        hint={
          file && !isTooBig && !isBroken
            ? `${file.name} ${formatNumber(Math.ceil(file.size / 1000))}KB。下の絵が印影と同じか確かめてください`
            : 'PNG 又は SVG、200KBまで'
        }
        error={
          isTooBig
            ? `${file.name} は${formatNumber(Math.ceil(file.size / 1000))}KBあります。200KBまでの画像を選んでください`
            : isBroken
              ? `${file?.name ?? ''} は画像として読めません。PNG 又は SVG の画像を選んでください`
              : undefined
        }
      >
        {(links) => (
          <FilePick
            links={links}
            accept="image/png,image/svg+xml"
            onChoose={(chosen) => {
              change.reset()
              setBroken(false)
              setChoices(choices + 1)
              setFile(chosen)
            }}
          />
        )}
      </Field>
      {file !== null && !isBroken && <Picture key={choices} file={file} onBroken={() => setBroken(true)} />}
      <TextField
        label="名前"
        isRequired
        value={note}
        onChange={setNote}
        maxLength={60}
        hint="選ぶときに見える名前。「市長印(令和8年)」など"
      />
    </FormDialog>
  )
}
