import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { addressOf } from '../../lib/api.ts'
import { shortMoment } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { mayCall, useMe } from '../../lib/session.ts'
import { Age, useDataAge } from '../../ui/age.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Note } from '../../ui/note.tsx'
import { Pager } from '../../ui/pager.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TaskHead } from '../../ui/taskhead.tsx'
import { FILE_PAGE, fileErrorsQuery, fileQuery } from './file-query.ts'
import { FileState } from './file-state.tsx'

/** One file: what was accepted, what was refused line by line with わけ and 次にすること, its bytes. */
export function FilePage() {
  const { fileId } = useParams({ from: '/shell/files/$fileId' })
  const me = useMe()
  const { data: file, error, dataUpdatedAt } = useQuery(fileQuery(fileId))
  const age = useDataAge(dataUpdatedAt)
  if (!file)
    return (
      <main className="main" id="main">
        {error ? (
          <ProblemNote error={error} />
        ) : (
          <p className="panel sub" role="status">
            ファイルを読んでいます
          </p>
        )}
      </main>
    )
  const count = (value: number | null) => (value === null ? '—' : formatNumber(value))
  return (
    <main className="main lay-page" id="main">
      <TaskHead
        crumbs={[{ text: 'ファイル', to: '/files' }, { text: file.kindLabel }]}
        title={<span className="code">{file.name}</span>}
        meta={
          <dl className="meta">
            <div>
              <dt>状態</dt>
              <dd>
                <FileState file={file} />
              </dd>
            </div>
            <div>
              <dt>{file.direction === 'out' ? '作成' : '受領'}</dt>
              <dd>
                {shortMoment(file.receivedAt)} {file.receivedBy}
              </dd>
            </div>
          </dl>
        }
        end={
          <>
            <Age {...age} />
            {mayCall(me, 'GET /api/files/:fileId/content') && (
              <a className="btn sec" href={addressOf('GET /api/files/:fileId/content', { fileId })} download>
                <Icon name="dl" />
                中身を保存する
              </a>
            )}
          </>
        }
      />
      <div className="body stack" tabIndex={0} role="region" aria-label="ファイルの内容">
        <dl className="big">
          <div>
            <dt>行</dt>
            <dd>{count(file.lines)}</dd>
          </div>
          {file.direction === 'in' && (
            <>
              <div>
                <dt>受け入れた</dt>
                <dd>{count(file.accepted)}</dd>
              </div>
              <div>
                <dt>拒否</dt>
                <dd className={file.rejected ? 'minus' : ''}>{count(file.rejected)}</dd>
              </div>
            </>
          )}
        </dl>
        {file.refusal && (
          <Note kind="late" next={file.refusal.next} code={file.refusal.code}>
            <b>{file.refusal.message}</b>
          </Note>
        )}
        <dl className="kv">
          <dt>大きさ</dt>
          <dd>{count(file.byteSize)}バイト</dd>
          <dt>SHA-256</dt>
          <dd className="hash">{file.sha256 ?? '—'}</dd>
          {file.runId && file.runNumber && (
            <>
              <dt>処理</dt>
              <dd>
                <Link to="/runs/$runId" params={{ runId: file.runId }}>
                  {file.runNumber}
                </Link>
              </dd>
            </>
          )}
        </dl>
        {(file.rejected ?? 0) > 0 && mayCall(me, 'GET /api/files/:fileId/errors') && <FileErrors fileId={fileId} />}
      </div>
    </main>
  )
}

function FileErrors({ fileId }: { fileId: string }) {
  const [page, setPage] = useState(1)
  const { data, error } = useQuery(fileErrorsQuery(fileId, page))
  return (
    <>
      <h2>受け入れなかった行</h2>
      {error && <ProblemNote error={error} />}
      <table className="grid">
        <thead>
          <tr>
            <th scope="col" className="n">
              行
            </th>
            <th scope="col">列</th>
            <th scope="col">値</th>
            <th scope="col">わけ</th>
            <th scope="col">次にすること</th>
            <th scope="col">符号</th>
          </tr>
        </thead>
        <tbody>
          {data?.items.map(({ number, line, field, value, message, next, code }) => (
            <tr key={number}>
              <td className="n">{formatNumber(line)}</td>
              <td>{field ?? '—'}</td>
              <td className="code">{value ?? '—'}</td>
              <td>{message}</td>
              <td>{next}</td>
              <td className="code sub">{code}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data && <Pager page={page} size={FILE_PAGE} shown={data.items.length} total={data.total} onPage={setPage} />}
    </>
  )
}
