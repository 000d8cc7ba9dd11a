import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatNumber } from '../../lib/numbers.ts'
import { Age, useDataAge } from '../../ui/age.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TaskHead } from '../../ui/taskhead.tsx'
import { Alarms, Quarantine } from './alarms.tsx'
import { operationsQuery, type OperationsView } from './operations-query.ts'
import { Parts, Processes } from './parts.tsx'

/** 稼働状況: what stands still, what is old, what runs short, and what to do about it. */
export function OperationsPage() {
  const { data: view, error, dataUpdatedAt } = useQuery(operationsQuery)
  const age = useDataAge(dataUpdatedAt)
  return (
    <main className="main lay-page" id="main">
      <TaskHead
        title="稼働状況"
        meta={<span className="sub">警報、待っている数、空き容量、控え</span>}
        end={<Age {...age} />}
      />
      <div className="body stack" tabIndex={0} role="region" aria-label="稼働状況の内容">
        {error && <ProblemNote error={error} />}
        {!view && !error && (
          <p className="sub" role="status">
            稼働状況を読んでいます
          </p>
        )}
        {view && (
          <>
            <Alarms alarms={view.alarms} />
            <Numbers view={view} />
            <Quarantine quarantine={view.quarantine} />
            <Parts view={view} />
            <Processes processes={view.processes} />
          </>
        )}
      </div>
    </main>
  )
}

function Numbers({ view: { work } }: { view: OperationsView }) {
  return (
    <dl className="big">
      <div>
        <dt>処理待ち</dt>
        <dd>
          {formatNumber(work.waiting)}
          <small>件(うち実行中 {formatNumber(work.inHand)})</small>
        </dd>
      </div>
      <div>
        <dt>止まった工程</dt>
        <dd className={work.incidents > 0 ? 'minus' : ''}>
          {formatNumber(work.incidents)}
          <small>件 {work.incidents > 0 && <Link to="/instances">実行状況で見る</Link>}</small>
        </dd>
      </div>
      <div>
        <dt>進行中の処理</dt>
        <dd>
          {formatNumber(work.runs)}
          <small>件</small>
        </dd>
      </div>
      <div>
        <dt>人の作業</dt>
        <dd>
          {formatNumber(work.openTasks)}
          <small>件</small>
        </dd>
      </div>
    </dl>
  )
}
