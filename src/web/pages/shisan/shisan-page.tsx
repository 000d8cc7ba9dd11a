import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TaskHead } from '../../ui/taskhead.tsx'
import { shisanQuery } from './shisan-query.ts'
import { ShisanRail } from './shisan-rail.tsx'
import { ShisanWork } from './shisan-work.tsx'

/** 試算: what can be calculated. */
export function ShisanListPage() {
  const { data, error } = useQuery(shisanQuery)
  return (
    <main className="main lay-list lay-start" id="main">
      <ShisanRail items={data?.items ?? []} />
      <section aria-labelledby="page-title">
        <TaskHead title="試算" meta={<span className="sub">計算するだけで、何も記録しません</span>} />
        <div className="scroll shisanlist" tabIndex={0} role="region" aria-label="試算の説明">
          {error && <ProblemNote error={error} />}
          <dl className="basis">
            {(data?.items ?? []).map(({ name, term, summary }) => (
              <div key={name}>
                <dt>
                  <Link to="/shisan/$name" params={{ name }}>
                    {term}
                  </Link>
                </dt>
                <dd>{summary}</dd>
              </div>
            ))}
          </dl>
        </div>
      </section>
    </main>
  )
}

/** 試算 of one rule: input, result, 算定の内訳. */
export function ShisanPage() {
  const { name } = useParams({ from: '/shell/shisan/$name' })
  const { data, error, isSuccess } = useQuery(shisanQuery)
  const info = data?.items.find((one) => one.name === name)
  return (
    <main className="main lay-list lay-start lay-shisan" id="main">
      <ShisanRail items={data?.items ?? []} />
      {info ? (
        <ShisanWork key={name} info={info} />
      ) : (
        <section aria-labelledby="page-title">
          <TaskHead title="試算" />
          {error && <ProblemNote error={error} />}
          {isSuccess && (
            <Note kind="warn" next="左の一覧から選んでください。">
              この試算はありません。
            </Note>
          )}
        </section>
      )}
    </main>
  )
}
