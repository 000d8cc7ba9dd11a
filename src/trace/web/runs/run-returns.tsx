import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RecordDialog } from '#people/web/returns/return-dialogs.tsx'
import { returnsOfRunQuery } from '#people/web/returns/returns-query.ts'
import { ReturnState, shortDay } from '#people/web/returns/return-words.tsx'
import { rowNoOf } from '#web/lib/notice-number.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { yearAndPeriod } from '#web/lib/periods.ts'
import { mayCall, useMe } from '#web/lib/session.ts'
import { Button } from '#web/ui/button.tsx'
import { FormDialog } from '#web/ui/form-dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Mask } from '#web/ui/mask.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { letterQuery } from './run-query.ts'

/** 返戻: letters of this run that came back. */
export function Returns({ runId, runNumber }: { runId: string; runNumber: string }) {
  const me = useMe()
  const { data, error } = useQuery(returnsOfRunQuery(runId))
  const [isFinding, setFinding] = useState(false)
  return (
    <>
      {error && <ProblemNote error={error} />}
      {mayCall(me, 'POST /api/notices/:noticeId/return') && (
        <p className="panel">
          <Button look="secondary" icon="plus" onClick={() => setFinding(true)}>
            返戻を登録する…
          </Button>
        </p>
      )}
      {data && data.items.length === 0 && <p className="panel sub">戻った通知はありません。</p>}
      {data && data.items.length > 0 && (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">状態</th>
              <th scope="col">だれ</th>
              <th scope="col">戻った日</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map(({ returnId, state, insuredNo, personName, returnedOn }) => (
              <tr key={returnId}>
                <td>
                  <ReturnState state={state} />
                </td>
                <td className="el">
                  <Link to="/returns/$returnId" params={{ returnId }}>
                    {insuredNo} {personName}
                  </Link>
                </td>
                <td className="code">{returnedOn.isMasked ? <Mask /> : shortDay(returnedOn.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data && data.total > data.items.length && (
        <p className="panel sub">
          ほか{formatNumber(data.total - data.items.length)}件。<Link to="/returns">返戻・居所調査</Link>で見ます。
        </p>
      )}
      {isFinding && <FindLetter runId={runId} runNumber={runNumber} onClose={() => setFinding(false)} />}
    </>
  )
}

/** The letter in one's hand: by the 発行番号 that is printed on it. */
function FindLetter({ runId, runNumber, onClose }: { runId: string; runNumber: string; onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState<number | null>(null)
  const found = useQuery(letterQuery(runId, asked, 'dispatched'))
  const letter = asked === null ? null : found.data
  if (letter)
    return (
      <RecordDialog
        noticeId={letter.noticeId}
        letter={`${letter.insuredNo} ${letter.personName} ${yearAndPeriod(letter.fukaYear, letter.period, letter.lineCount)} ${formatNumber(letter.slipYen)}円`}
        onClose={onClose}
      />
    )
  const rowNo = rowNoOf(typed)
  return (
    <FormDialog
      title="戻った通知を探す"
      act="探す"
      blocked={rowNo === null && '発行番号を入れてください'}
      error={found.error}
      onSubmit={() => rowNo !== null && setAsked(rowNo)}
      onClose={onClose}
    >
      <TextField
        label="発行番号"
        isRequired
        value={typed}
        onChange={setTyped}
        maxLength={40}
        hint={`督促状に印字した番号(${runNumber}-000123)。終わりの番号だけでも探せます。`}
        error={
          asked !== null && asked === rowNo && letter === null
            ? 'この番号の発送した通知はありません。番号と処理を確かめてください。'
            : undefined
        }
      />
    </FormDialog>
  )
}
