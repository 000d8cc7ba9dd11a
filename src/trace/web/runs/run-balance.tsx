import { useQuery } from '@tanstack/react-query'
import { shortMoment } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Button } from '#web/ui/button.tsx'
import { Note } from '#web/ui/note.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { balanceQuery } from './run-query.ts'

/** 検算: what must hold for the run, each with the rows that break it. Made when it is opened, and on demand. */
export function Balance({ runId }: { runId: string }) {
  const { data, error, isFetching, refetch } = useQuery(balanceQuery(runId))
  if (error) return <ProblemNote error={error} />
  if (!data)
    return (
      <p className="panel sub" role="status">
        検算しています
      </p>
    )
  return (
    <>
      {data.broken > 0 && (
        <Note kind="late" next="次にすること: 係長とシステム管理者に連絡してください。">
          <b>{formatNumber(data.broken)}項目が合いません。</b>
        </Note>
      )}
      <table className="grid">
        <thead>
          <tr>
            <th scope="col" className="n">
              番号
            </th>
            <th scope="col">成り立つべきこと</th>
            <th scope="col">結果</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map(({ number, statement, count, examples }) => (
            <tr key={number}>
              <td className="n">{number}</td>
              <td className="sentence">
                {statement}
                {examples.map((what) => (
                  <div key={what} className="sub">
                    {what}
                  </div>
                ))}
              </td>
              <td className={count === 0 ? undefined : 'minus b'}>
                {count === 0 ? '○ 合う' : `× ${formatNumber(count)}件`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="panel row">
        <span className="sub">{shortMoment(data.at)} の検算</span>
        <Button look="secondary" blocked={isFetching && '検算しています'} onClick={() => void refetch()}>
          検算をやり直す
        </Button>
      </p>
    </>
  )
}
