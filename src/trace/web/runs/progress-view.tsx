import { Link } from '@tanstack/react-router'
import { formatNumber } from '#web/lib/numbers.ts'
import type { RunDetail } from './run-query.ts'

/** 進み具合: 件数・残り・失敗 of what runs now, large; what waits is said in words. */
export function ProgressView({ run }: { run: RunDetail }) {
  const { progress, openTask } = run
  return (
    <>
      {progress ? (
        <Running progress={progress} />
      ) : openTask ? (
        <div className="box stack">
          <h2>人の確認を待っています</h2>
          <p>
            <Link to="/tasks/$taskId" params={{ taskId: openTask.taskId }}>
              {openTask.step} {openTask.name}
            </Link>
          </p>
        </div>
      ) : (
        <div className="box stack">
          <h2>
            {run.state === 'running'
              ? '次の工程を待っています'
              : run.state === 'finished'
                ? `終わりました${run.outcome === null ? '' : `(${run.outcome})`}`
                : '中止しました'}
          </h2>
          {run.state === 'running' && (
            <p className="sub">収納の反映や前の工程の終わりを待っています。この画面を離れても処理は続きます。</p>
          )}
        </div>
      )}
      <h2 className="gap">工程ごとの進み具合</h2>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">工程</th>
            <th scope="col">名前</th>
            <th scope="col">状態</th>
            <th scope="col" className="n">
              版
            </th>
          </tr>
        </thead>
        <tbody>
          {run.steps.map(({ step, name, state, version, taskId }) => (
            <tr key={step}>
              <td className="code">{step}</td>
              <td>
                {taskId === null ? (
                  name
                ) : (
                  <Link to="/tasks/$taskId" params={{ taskId }}>
                    {name}
                  </Link>
                )}
              </td>
              <td>{STATE[state]}</td>
              <td className="n">{version ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {run.unprintable.length > 0 && (
        <>
          <h2 className="gap">作れなかった通知</h2>
          <table className="grid">
            <thead>
              <tr>
                <th scope="col">わけ</th>
                <th scope="col" className="n">
                  通
                </th>
              </tr>
            </thead>
            <tbody>
              {run.unprintable.map(({ code, label, count }) => (
                <tr key={code}>
                  <td>
                    <span className="code">{code}</span> {label}
                  </td>
                  <td className="n">{formatNumber(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </>
  )
}

const STATE = {
  done: '済',
  current: 'いまここ',
  waiting: 'これから',
  failed: '止まっています',
  cancelled: '中止',
} as const

function Running({ progress }: { progress: NonNullable<RunDetail['progress']> }) {
  const { step, phase, total, done, remaining, failed } = progress
  const percent = total ? Math.floor((done * 100) / total) : 0
  const figure = (label: string, value: number | null, isBad = false) => (
    <div>
      <dt>{label}</dt>
      <dd className={isBad && value ? 'minus' : ''}>
        {value === null ? '—' : formatNumber(value)}
        <small>件</small>
      </dd>
    </div>
  )
  return (
    <div className="box" aria-live="polite">
      <h2>
        <span className="code">{step}</span> {phase ?? '準備しています'}
      </h2>
      <dl className="big">
        {figure('済んだ件数', done)}
        {figure('全件', total)}
        {figure('残り', remaining)}
        {figure('失敗', failed, true)}
      </dl>
      <progress
        className="meter"
        aria-label={phase ?? '進み具合'}
        max={total ?? undefined}
        value={total ? done : undefined}
      >
        {percent}%
      </progress>
      <p className="sub">離れても処理は続きます。止まっても、済んだ分はやり直しません。</p>
    </div>
  )
}
