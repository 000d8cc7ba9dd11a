import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { runQuery } from '#trace/web/runs/run-query.ts'
import { warekiText } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { mayCall, useMe } from '#web/lib/session.ts'
import { ProblemNote } from '#web/ui/problem-note.tsx'

/** 送付ファイル that the list became: its name, 件数, 金額 and SHA-256, the file itself and its 送付票. `version` as the run knows it. */
export function MadeFile({ runId, version }: { runId: string; version: unknown }) {
  const me = useMe()
  const { data: run, error } = useQuery(runQuery(runId))
  if (!run) return error && <ProblemNote error={error} />
  const file = run.files.find((one) => one.version === version)
  if (!file) return null
  const { fileId, name, asOf, lineCount, sumYen, sha256 } = file
  return (
    <section className="panel madefile" aria-label="送付ファイル">
      <p className="row">
        <b>送付ファイル</b>
        <Link className="filename" to="/files/$fileId" params={{ fileId }}>
          {name}
        </Link>
        <span>第{formatNumber(file.version ?? 1)}版</span>
        {asOf && <span>基準日 {warekiText(asOf)}</span>}
        <span>
          <b className="num">{formatNumber(lineCount ?? 0)}</b>行
        </span>
        <span>
          <b className="num">{formatNumber(sumYen ?? 0)}</b>円
        </span>
        {mayCall(me, 'POST /api/runs/:runId/files/:fileId/sheet') && (
          <Link className="end" to="/runs/$runId/files/$fileId" params={{ runId, fileId }}>
            送付票を印刷する
          </Link>
        )}
      </p>
      <p className="sub">
        SHA-256 <span className="code filename">{sha256}</span>
      </p>
    </section>
  )
}
