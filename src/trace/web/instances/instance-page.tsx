import { lazy, Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { wordOf } from '#kernel/value-words.ts'
import { inJapan, monthDayLong } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { part } from '#web/lib/screen.ts'
import { Age, useDataAge } from '#web/ui/age.tsx'
import { Chip } from '#web/ui/chip.tsx'
import type { IconName } from '#web/ui/icon.tsx'
import { Pager } from '#web/ui/pager.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { TaskHead } from '#web/ui/taskhead.tsx'
import { Timeline } from '#web/ui/timeline.tsx'
import { valueText } from '../value-text.ts'
import { Incidents } from './incidents.tsx'
import {
  instanceQuery,
  TIMELINE_PAGE,
  timelineQuery,
  type EpochSearch,
  type InstanceDetail,
  type TimelineGroup,
  type TimelineLine,
} from './instance-query.ts'
import { InstanceState } from './instance-state.tsx'

const Diagram = lazy(() => part(() => import('./diagram.tsx')))

/** 実行状況: diagram with path and token, why it waits, 経過 in sentences, values before and after. */
export function InstancePage() {
  const { key } = useParams({ from: '/shell/instances/$key' })
  const of = useSearch({ from: '/shell/instances/$key' })
  const { data: instance, error, dataUpdatedAt } = useQuery(instanceQuery(key, of))
  const age = useDataAge(dataUpdatedAt, instance?.dataAgeMs ?? 0)
  if (!instance)
    return (
      <main className="main" id="main">
        {error ? (
          <ProblemNote error={error} />
        ) : (
          <p className="panel sub" role="status">
            実行状況を読んでいます
          </p>
        )}
      </main>
    )
  return (
    <main className="main lay-inst" id="main">
      <TaskHead
        crumbs={[{ text: '実行状況', to: '/instances' }, { text: instance.flowName ?? instance.processId }]}
        title={
          <>
            {instance.title ?? instance.processId}
            <span className="code sub">{instance.runNumber}</span>
          </>
        }
        meta={
          <dl className="meta">
            <div>
              <dt>状態</dt>
              <dd>
                <InstanceState instance={instance} />
              </dd>
            </div>
            <div>
              <dt>いま</dt>
              <dd>{instance.current.map(({ name }) => name).join('・') || '—'}</dd>
            </div>
            <div>
              <dt>流れの版</dt>
              <dd>{instance.modelVersion === null ? '—' : `第${instance.modelVersion}版`}</dd>
            </div>
          </dl>
        }
        end={
          <>
            <Age {...age} />
            {instance.runId && (
              <Link className="btn sec" to="/runs/$runId" params={{ runId: instance.runId }}>
                処理を見る
              </Link>
            )}
          </>
        }
      />
      <Suspense fallback={<p className="panel sub">図を読んでいます</p>}>
        <Diagram instance={instance} />
      </Suspense>
      <div className="threecols">
        <Incidents instance={instance} />
        <Course instanceKey={key} of={of} />
        <Values instance={instance} />
      </div>
    </main>
  )
}

const LINE: Readonly<Record<TimelineLine['kind'], readonly [IconName, 'done' | 'late' | undefined]>> = {
  person: ['user', undefined],
  system: ['checkc', 'done'],
  notice: ['mail', undefined],
  file: ['doc', undefined],
  read: ['eye', undefined],
  refused: ['xc', 'late'],
  failed: ['stop', 'late'],
}
const GROUPS: Readonly<Record<TimelineGroup, string>> = {
  person: '人',
  system: 'システム',
  paper: '通知とファイル',
  read: '閲覧',
}

function Course({ instanceKey, of }: { instanceKey: string; of: EpochSearch }) {
  const [group, setGroup] = useState<TimelineGroup | null>(null)
  const [page, setPage] = useState(1)
  const { data, error } = useQuery(timelineQuery(instanceKey, of, group, page))
  const show = (next: TimelineGroup | null) => {
    setGroup(next)
    setPage(1)
  }
  const counts = data?.counts ?? { person: 0, system: 0, paper: 0, read: 0 }
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <section aria-label="経過" tabIndex={0}>
      <h2>
        経過
        <span className="end row">
          <Chip isOn={group === null} onPress={() => show(null)}>
            すべて {formatNumber(all)}
          </Chip>
          {(Object.keys(GROUPS) as TimelineGroup[]) // keys of the record above
            .filter((one) => counts[one] > 0 || group === one)
            .map((one) => (
              <Chip key={one} isOn={group === one} onPress={() => show(one)}>
                {GROUPS[one]} {formatNumber(counts[one])}
              </Chip>
            ))}
        </span>
      </h2>
      <div className="in">
        {error && <ProblemNote error={error} />}
        <Timeline
          items={(data?.items ?? []).map((line, index) => {
            const { day, time } = inJapan(line.at)
            const [icon, tone] = LINE[line.kind]
            return {
              key: `${line.at}-${index}`,
              day: monthDayLong(day),
              time,
              icon,
              ...(tone ? { tone } : {}),
              text: (
                <>
                  {line.step && <b>{line.step} </b>}
                  {line.text}
                  {line.times > 1 && `(${formatNumber(line.times)}回)`}
                  {line.why && <div className="sub">理由・メモ:{line.why}</div>}
                  {line.changes.length > 0 && <Changes changes={line.changes} />}
                </>
              ),
              who: line.actor,
            }
          })}
        />
        {data && data.total > TIMELINE_PAGE && (
          <p>
            <Pager
              page={page}
              size={TIMELINE_PAGE}
              shown={Math.min(TIMELINE_PAGE, data.total - (page - 1) * TIMELINE_PAGE)}
              total={data.total}
              onPage={setPage}
            />
          </p>
        )}
      </div>
    </section>
  )
}

/** 前と後 of one record. */
const Changes = ({ changes }: { changes: TimelineLine['changes'] }) => (
  <details>
    <summary>値の前と後 {changes.length}</summary>
    <ul className="plain">
      {changes.map(({ name, before, after }) => (
        <li key={name}>
          {name} {before !== null && <del className="d">{before}</del>} <ins className="d">{after ?? '—'}</ins>
        </li>
      ))}
    </ul>
  </details>
)

function Values({ instance }: { instance: InstanceDetail }) {
  // moments for timers and technical ids say nothing to a reader; the days they come from are there
  const shown = instance.variables.filter(({ name }) => !name.endsWith('At') && !name.endsWith('Id'))
  return (
    <section aria-label="値" tabIndex={0}>
      <h2>
        値 <span className="sub">件数・日・判断だけ。名前や金額は流れに入りません</span>
      </h2>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">値</th>
            <th scope="col" className="n">
              前
            </th>
            <th scope="col" className="n">
              いま
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, before, value }) => (
            <tr key={name}>
              <td className="el" title={name}>
                {wordOf(name)}
              </td>
              <td className="n sub">{before === null ? '—' : valueText(name, before)}</td>
              <td className="n b el" title={value}>
                {valueText(name, value)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
