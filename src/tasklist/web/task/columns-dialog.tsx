import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '#web/lib/api.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'

interface ColumnsDialogProps {
  readonly kind: string
  /** Columns that may be left out, with their heads. */
  readonly columns: readonly { readonly key: string; readonly head: string }[]
  readonly hidden: readonly string[]
  readonly onClose: () => void
}

/** 列を選ぶ: kept on the server for this person, for every list of this kind; 判定, 番号 and 氏名 always stay. */
export function ColumnsDialog({ kind, columns, hidden, onClose }: ColumnsDialogProps) {
  const client = useQueryClient()
  const [off, setOff] = useState<ReadonlySet<string>>(() => new Set(hidden))
  const save = useMutation({
    mutationFn: () => api('PUT /api/sheets/:kind/columns', { params: { kind }, body: { hidden: [...off] } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['task', 'one'] })
      onClose()
    },
  })
  const flip = (key: string) => {
    const next = new Set(off)
    if (!next.delete(key)) next.add(key)
    setOff(next)
  }
  return (
    <Dialog title="列を選ぶ" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <fieldset className="fld">
          <legend>一覧に出す列</legend>
          <div className="checks">
            {columns.map(({ key, head }) => (
              <label key={key} className="row">
                <input type="checkbox" checked={!off.has(key)} onChange={() => flip(key)} />
                {head}
              </label>
            ))}
          </div>
        </fieldset>
        <p className="sub">自分の画面だけが変わります。どの端末でも同じ列が出ます。</p>
        {save.error && <ProblemNote error={save.error} />}
        <div className="foot">
          <Button look="secondary" onClick={() => setOff(new Set())}>
            すべて出す
          </Button>
          <Button look="secondary" onClick={onClose}>
            やめる
          </Button>
          <Button type="submit" look="primary" blocked={save.isPending && '保存しています'}>
            この列にする
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
