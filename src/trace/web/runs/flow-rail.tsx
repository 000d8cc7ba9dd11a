import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { flowsQuery, runListQuery, type RunSearch } from './run-query.ts'

const STATES = { running: '処理中', finished: '済', cancelled: '中止' } as const

/** 始められる業務フロー, and the states of runs to look at. */
export function FlowRail({ search, current }: { search?: RunSearch; current?: string }) {
  const { data: flows } = useQuery(flowsQuery)
  const { data: recent } = useQuery(runListQuery({}))
  return (
    <nav className="rail" aria-label="業務フローと処理">
      <h2>始められる業務フロー</h2>
      <ul>
        {flows?.items
          .filter(({ canStart }) => canStart)
          .map(({ flow, number, name }) => (
            <li key={flow}>
              <Link
                to="/runs/new/$flow"
                params={{ flow }}
                aria-current={flow === current ? 'true' : undefined}
                activeProps={{}}
              >
                <span>
                  {number} {name}
                </span>
              </Link>
            </li>
          ))}
      </ul>
      {search && (
        <>
          <h2>状態</h2>
          <ul>
            <li>
              <Link
                to="/runs"
                search={{}}
                aria-current={search.state === undefined ? 'true' : undefined}
                activeProps={{}}
              >
                <span>すべて</span>
              </Link>
            </li>
            {Object.entries(STATES).map(([state, word]) => (
              <li key={state}>
                <Link
                  to="/runs"
                  search={{ state: state as keyof typeof STATES }}
                  aria-current={search.state === state ? 'true' : undefined}
                  activeProps={{}}
                >
                  <span>{word}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {!search && recent && recent.items.length > 0 && (
        <>
          <h2>最近の処理</h2>
          <ul>
            {recent.items.slice(0, 8).map(({ runId, number, state }) => (
              <li key={runId}>
                <Link to="/runs/$runId" params={{ runId }}>
                  <span className="code">{number}</span>
                  <span className="cnt">{STATES[state]}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </nav>
  )
}
