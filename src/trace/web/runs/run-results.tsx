import { Link } from '@tanstack/react-router'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { DAY_WORDS, RESULT_WORDS, TEXT_WORDS } from '#kernel/value-words.ts'
import { formatWarekiShort } from '#rules/calendar/wareki.ts'
import { addressOf } from '#web/lib/api.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { mayCall, useMe } from '#web/lib/session.ts'
import { Note } from '#web/ui/note.tsx'
import type { RunDetail } from './run-query.ts'

const day = (value: unknown): string => {
  const date = typeof value === 'string' ? parsePlainDate(value) : null
  return date ? formatWarekiShort(date) : '—'
}

/** Counts that are a part of the one above: 作った通知 holds what was pulled since. */
const PARTS: ReadonlySet<string> = new Set(['pulledCount'])

/** 結果: the counts of the sheet in words, and the days of the run. */
export function Results({ run }: { run: RunDetail }) {
  const counts = Object.entries(RESULT_WORDS).filter(([name]) => run.results[name] !== undefined)
  const values: Readonly<Record<string, unknown>> = { ...run.params, ...run.variables }
  return (
    <>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">結果</th>
            <th scope="col" className="n">
              数
            </th>
          </tr>
        </thead>
        <tbody>
          {counts.map(([name, [word, counter]]) => (
            <tr key={name}>
              <td>{PARTS.has(name) ? `うち${word}` : word}</td>
              <td className="n">
                {formatNumber(run.results[name] ?? 0)}
                {counter}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {counts.length === 0 && <p className="panel sub">結果はまだありません。</p>}
      {run.cautions.map(({ text, next }) => (
        <Note key={text} kind="warn" next={next}>
          {text}
        </Note>
      ))}
      <dl className="kv panel">
        {Object.entries(DAY_WORDS)
          .filter(([name]) => values[name] !== undefined)
          .map(([name, word]) => (
            <div key={name} className="kvrow">
              <dt>{word}</dt>
              <dd className="code">{day(values[name])}</dd>
            </div>
          ))}
        {Object.entries(TEXT_WORDS).map(([name, word]) => {
          const text = values[name]
          return typeof text === 'string' && text !== '' ? (
            <div key={name} className="kvrow">
              <dt>{word}</dt>
              <dd>{text}</dd>
            </div>
          ) : null
        })}
      </dl>
    </>
  )
}

/** 文書: print files in order; a superseded one is kept and can no longer be opened. */
export function Documents({ run }: { run: RunDetail }) {
  const me = useMe()
  const isAllowed = mayCall(me, 'GET /api/documents/:documentId')
  if (run.documents.length === 0) return <p className="panel sub">印刷ファイルは、発送を認めた後にできます。</p>
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">印刷ファイル</th>
          <th scope="col" className="n">
            通
          </th>
          <th scope="col" className="n">
            頁
          </th>
          <th scope="col">開く</th>
        </tr>
      </thead>
      <tbody>
        {run.documents.map(({ documentId, name, kind, version, noticeCount, pageCount, state }) => (
          <tr key={documentId}>
            <td className="code">
              {name}
              {kind === 'individual' && <span className="sub"> 個別送付</span>}
              {version > 1 && <span className="sub"> 版{version}</span>}
            </td>
            <td className="n">{formatNumber(noticeCount)}</td>
            <td className="n">{formatNumber(pageCount)}</td>
            <td>
              {state === 'current' ? (
                isAllowed && (
                  <a
                    href={addressOf('GET /api/documents/:documentId', { documentId })}
                    target="_blank"
                    rel="noreferrer"
                    aria-label={`${name} を開く`}
                  >
                    開く
                  </a>
                )
              ) : (
                <span className="sub">{state === 'building' ? '作成中' : '差し替え済'}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** ファイル: what goes to the 広域連合, version by version. */
export function Files({ run }: { run: RunDetail }) {
  const me = useMe()
  const mayPrint = mayCall(me, 'POST /api/runs/:runId/files/:fileId/sheet')
  if (run.files.length === 0) return <p className="panel sub">送付ファイルはまだありません。</p>
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">ファイル</th>
          <th scope="col" className="n">
            行
          </th>
          <th scope="col" className="n">
            未納額の計
          </th>
          <th scope="col">送付</th>
        </tr>
      </thead>
      <tbody>
        {run.files.map(({ fileId, name, version, lineCount, sumYen, sentOn }) => (
          <tr key={fileId}>
            <td className="code">
              <Link to="/files/$fileId" params={{ fileId }}>
                {name}
              </Link>
              {version !== null && <span className="sub"> 版{version}</span>}
              {mayPrint && version !== null && (
                <div>
                  <Link
                    to="/runs/$runId/files/$fileId"
                    params={{ runId: run.runId, fileId }}
                    aria-label={`送付票を印刷する ${name}`}
                  >
                    送付票を印刷する
                  </Link>
                </div>
              )}
            </td>
            <td className="n">{lineCount === null ? '—' : formatNumber(lineCount)}</td>
            <td className="n">{sumYen === null ? '—' : formatNumber(sumYen)}</td>
            <td className="code">{day(sentOn)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
