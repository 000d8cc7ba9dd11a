import { useRef, useState } from 'react'
import { formatNumber } from '#web/lib/numbers.ts'
import { Button } from '#web/ui/button.tsx'
import { Field, SelectField } from '#web/ui/field.tsx'
import { FilePick } from '#web/ui/file-pick.tsx'
import { Note } from '#web/ui/note.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { useAttach } from './attachment-query.ts'

/** The row one stands on: an attachment may be about its person. */
export interface AttachRow {
  readonly rowNo: number
  /** 版 of the list it was seen in. */
  readonly version: number
  readonly insuredNo: string
  readonly personName: string
}

/** Said before the file is sent, also where there is no list: its name is hidden from whoever attached it. */
const OF_THE_WHOLE = '支援措置の対象者が一覧にいる処理では、作業全体の添付は係長が理由を書いて開きます。'

/**
 * 添付する: a file, and whom it is about. It may also be dropped; the button does the same by keyboard. When somebody ends the
 * task meanwhile, what was chosen stays and the form says what happened.
 */
export function AttachForm({ taskId, isOpen, row }: { taskId: string; isOpen: boolean; row: AttachRow | undefined }) {
  const [file, setFile] = useState<File | null>(null)
  const [about, setAbout] = useState('')
  const key = useRef('')
  const input = useRef<HTMLInputElement>(null)
  const attach = useAttach(taskId, () => {
    setFile(null)
    setAbout('')
    if (input.current) input.current.value = ''
  })
  const choose = (chosen: File | null) => {
    setFile(chosen)
    key.current = crypto.randomUUID()
    attach.reset()
  }
  const isOfRow = row !== undefined && about === row.insuredNo // another person’s row stands here since: the task as a whole
  if (!isOpen && file === null) return null
  const blocked = !isOpen
    ? 'この作業は終わりました'
    : file === null
      ? 'ファイルを選んでください'
      : attach.isPending && '送っています'
  return (
    <form
      className="panel stack"
      aria-label="添付する"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        choose(event.dataTransfer.files[0] ?? null)
      }}
      onSubmit={(event) => {
        event.preventDefault()
        if (blocked === false && file) attach.mutate({ file, row: isOfRow ? row : null, key: key.current })
      }}
    >
      <Field
        label="ファイル"
        hint={
          file ? (
            <>
              <bdi>{file.name}</bdi> {formatNumber(file.size)}バイト
            </>
          ) : (
            'PDF・PNG・JPEG・Excel・CSV・テキスト、50MBまで'
          )
        }
      >
        {(links) => <FilePick links={links} input={input} onChoose={choose} />}
      </Field>
      {row ? (
        <SelectField
          label="だれについて"
          value={isOfRow ? about : ''}
          onChange={setAbout}
          options={[
            { value: '', label: '作業全体' },
            { value: row.insuredNo, label: `${row.insuredNo} ${row.personName}` },
          ]}
          hint={OF_THE_WHOLE}
        />
      ) : (
        <p className="sub">{OF_THE_WHOLE}</p>
      )}
      {isOpen && attach.error && <ProblemNote error={attach.error} />}
      {!isOpen && (
        <Note kind="warn" next="次の工程の作業を開いて、そこで同じファイルを添付してください。">
          <b role="status">この作業は終わりました。選んだファイルは添付していません。</b>
        </Note>
      )}
      <div>
        <Button type="submit" look="secondary" icon="upl" blocked={blocked}>
          添付する
        </Button>
      </div>
    </form>
  )
}
