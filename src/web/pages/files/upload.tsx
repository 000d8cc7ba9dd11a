import { useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/button.tsx'
import { Field, SelectField } from '../../ui/field.tsx'
import { FilePick } from '../../ui/file-pick.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { kindsQuery, useUpload } from './file-query.ts'

/** 受け入れ: kind and file; the file may also be dropped, the button does the same by keyboard. */
export function Upload({ onDone }: { onDone: (fileId: string) => void }) {
  const { data: kinds } = useQuery(kindsQuery)
  const [kind, setKind] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const key = useRef('')
  const input = useRef<HTMLInputElement>(null)
  const upload = useUpload((fileId) => {
    setFile(null)
    if (input.current) input.current.value = ''
    onDone(fileId)
  })
  const choose = (chosen: File | null) => {
    setFile(chosen)
    key.current = crypto.randomUUID()
  }
  const blocked =
    kind === ''
      ? '種類を選んでください'
      : file === null
        ? 'ファイルを選んでください'
        : upload.isPending && '送っています'
  return (
    <form
      className="upload stack"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        choose(event.dataTransfer.files[0] ?? null)
      }}
      onSubmit={(event) => {
        event.preventDefault()
        if (blocked === false && file) upload.mutate({ kind, file, key: key.current })
      }}
    >
      <h2>ファイルを受け入れる</h2>
      <SelectField
        label="種類"
        isRequired
        value={kind}
        onChange={setKind}
        options={[
          { value: '', label: '選んでください' },
          ...(kinds?.items
            .filter(({ direction }) => direction === 'in')
            .map(({ kind: value, label }) => ({ value, label })) ?? []),
        ]}
      />
      <Field
        label="ファイル"
        isRequired
        hint={file ? `${file.name} ${formatNumber(file.size)}バイト` : 'ここへ置いても選べます'}
      >
        {(links) => <FilePick links={links} input={input} onChoose={choose} />}
      </Field>
      {upload.error && <ProblemNote error={upload.error} />}
      <Button type="submit" look="primary" icon="upl" blocked={blocked}>
        受け入れる
      </Button>
      <p className="sub">UTF-8・BOM付き・CP932。同じ内容の2度目は受け付けません。</p>
    </form>
  )
}
