import { Link } from '@tanstack/react-router'
import type { Reply } from '#api/contract.ts'
import { shortMoment } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Badge } from '#web/ui/badge.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'

type Check = Reply<'POST /api/runs/check'>

/** 始める前の確認: what the server found, in sentences. */
export function StartCheck({ check, error }: { check: Check | undefined; error: unknown }) {
  const refused = check?.files.filter(({ rejected }) => (rejected ?? 0) > 0) ?? []
  return (
    <div className="box" aria-live="polite">
      <h2>始める前の確認</h2>
      {error !== null && <ProblemNote error={error} />}
      <ul className="chk">
        {check?.problem ? (
          <li>
            <span className="late">
              <Icon name="stop" />
            </span>
            <span>
              {check.problem.message}
              <br />
              <span className="sub">
                次にすること:{check.problem.next} <span className="code">{check.problem.code}</span>
              </span>
            </span>
          </li>
        ) : (
          check && (
            <li>
              <span className="done">
                <Icon name="checkc" />
              </span>
              <span>
                「{check.title}」を始められます
                <br />
                <span className="sub">納期限・基準日・発送日を確かめました</span>
              </span>
            </li>
          )
        )}
        {check?.cautions.map(({ text, next }) => (
          <li key={text}>
            <span className="warn">
              <Icon name="alert" />
            </span>
            <span>
              {text}
              <br />
              <span className="sub">次にすること:{next}</span>
            </span>
          </li>
        ))}
        {refused.map(({ fileId, label, rejected }) => (
          <li key={fileId}>
            <span className="warn">
              <Icon name="alert" />
            </span>
            <span>
              {label}の{formatNumber(rejected ?? 0)}行を受け入れていません。
              <br />
              <span className="sub">次にすること:行を直して再度受け入れるか、そのまま始めて確認する</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** 使うファイル: the latest accepted file of each kind. */
export function StartFiles({ files }: { files: Check['files'] }) {
  return (
    <div className="box">
      <h2>2 使うファイル</h2>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">種類</th>
            <th scope="col">ファイル</th>
            <th scope="col">受領</th>
            <th scope="col" className="n">
              行
            </th>
            <th scope="col" className="n">
              受入れ
            </th>
            <th scope="col" className="n">
              拒否
            </th>
            <th scope="col">状態</th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <tr key={file.fileId}>
              <td>{file.label}</td>
              <td className="code el">
                <Link to="/files/$fileId" params={{ fileId: file.fileId }}>
                  {file.name}
                </Link>
              </td>
              <td className="code">{shortMoment(file.receivedAt)}</td>
              <td className="n">{formatNumber(file.lineCount ?? 0)}</td>
              <td className="n">{formatNumber(file.accepted ?? 0)}</td>
              <td className="n">{formatNumber(file.rejected ?? 0)}</td>
              <td>
                {(file.rejected ?? 0) > 0 ? (
                  <Badge tone="warn" icon="alert">{`拒否 ${formatNumber(file.rejected ?? 0)}行`}</Badge>
                ) : (
                  <Badge tone="done" icon="checkc">
                    受け入れた
                  </Badge>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {files.length === 0 && <p className="sub">受け入れたファイルはまだありません。</p>}
      <p className="sub">
        足りないファイルは <Link to="/files">ファイル</Link> から受け入れます。
      </p>
    </div>
  )
}
