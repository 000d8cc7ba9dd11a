import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { Reply } from '#api/contract.ts'
import { plainDateOf } from '#kernel/plain-date.ts'
import { api } from '#web/lib/api.ts'
import { askedOnce } from '#web/lib/asked-once.ts'
import { inJapan, warekiDay, warekiText } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { PaperPage } from '#web/ui/paper-page.tsx'
import { SENDING_WAYS } from './sending-ways.ts'

type Sheet = Reply<'POST /api/runs/:runId/files/:fileId/sheet'>

/** 送付票の印刷: opening it puts it out of the house, so it is recorded. */
export function FileSheetPage() {
  const { runId, fileId } = useParams({ from: '/shell/runs/$runId/files/$fileId' })
  const { data: sheet, error } = useQuery({
    queryKey: ['file-sheet', runId, fileId],
    queryFn: () => api('POST /api/runs/:runId/files/:fileId/sheet', { params: { runId, fileId } }),
    ...askedOnce,
  })
  return (
    <PaperPage
      title="送付票の印刷"
      recorded="送付票を出したことは記録に残りました"
      back={
        <Link className="btn sec" to="/runs/$runId" params={{ runId }}>
          処理を見る
        </Link>
      }
      blocked={!sheet && '送付票を読んでいます'}
      error={error}
    >
      {sheet && <Paper sheet={sheet} />}
    </PaperPage>
  )
}

/** Sixty-four digits in groups of eight: read aloud or compared by eye, none is lost. */
const grouped = (sha256: string): string => sha256.match(/.{1,8}/g)?.join(' ') ?? ''

function Paper({
  sheet: { municipality, runNumber, runTitle, kindLabel, file, printedBy, printedAt, terminal },
}: {
  sheet: Sheet
}) {
  const { day, time } = inJapan(printedAt)
  const tick = (way: string): string => (file.sentBy === way ? '■' : '□') // before it is sent, by hand
  return (
    <section className="sheetpaper filesheet" aria-label="送付票">
      <h2>送付票</h2>
      <p>後期高齢者医療広域連合 御中</p>
      <p className="end">{municipality} 後期高齢者医療</p>
      <table className="pl">
        <tbody>
          <Line head="ファイルの名前">
            <b className="code">{file.name}</b>
          </Line>
          <Line head="種類と版">
            {kindLabel} 第{formatNumber(file.version ?? 1)}版
          </Line>
          {file.asOf && <Line head="基準日">{warekiText(file.asOf)}</Line>}
          <Line head="件数">
            <b>{formatNumber(file.lineCount ?? 0)}</b>件
          </Line>
          <Line head="未納額の計">
            <b>{formatNumber(file.sumYen ?? 0)}</b>円
          </Line>
          <Line head="大きさ">{formatNumber(file.byteSize ?? 0)}バイト</Line>
          <Line head="SHA-256">
            <span className="code">{grouped(file.sha256 ?? '')}</span>
          </Line>
          <Line head="処理番号">
            {runNumber} {runTitle}
          </Line>
          <Line head="送付の方法">{SENDING_WAYS.map(({ value, label }) => `${tick(value)} ${label}`).join(' ')}</Line>
          <Line head="送付した日・人">{file.sentOn && warekiText(file.sentOn)}</Line>
          <Line head="受付番号">{file.receiptNo && <b className="code">{file.receiptNo}</b>}</Line>
          <Line head="受領者">{null}</Line>
        </tbody>
      </table>
      <p>
        印刷 {printedBy} {warekiDay(plainDateOf(day))}
        {time} 端末 {terminal}
      </p>
    </section>
  )
}

const Line = ({ head, children }: { head: string; children: ReactNode }) => (
  <tr>
    <th scope="row">{head}</th>
    <td className="wrap">{children}</td>
  </tr>
)
