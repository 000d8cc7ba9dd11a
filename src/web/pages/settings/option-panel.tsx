import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { api } from '../../lib/api.ts'
import { shortDay, shortMoment, warekiDay } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { mayCall, useMe } from '../../lib/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { DecideChange } from './decide-change.tsx'
import { OptionForm } from './option-form.tsx'
import { optionQuery, type OptionDetail } from './settings-query.ts'

/** かかる分: what a value from a day on is for. */
const REACH = {
  納期限: 'より後(その日を含む)に納期限が来る期割',
  発送日: 'より後(その日を含む)に発送する、これから始める処理',
  賦課年度: 'を含む賦課年度から',
  納付日: 'より後(その日を含む)の納付',
  暦年: 'の属する年の1月1日から12月31日まで',
} as const

const longDay = (day: string): string => {
  const date = parsePlainDate(day)
  return date === null ? day : `${warekiDay(date)} ${day}`
}

/** One option: the change that waits with what it reaches, its values so far; a change is proposed from here. */
export function OptionPanel({ option, on }: { option: string; on: string | undefined }) {
  const { data: detail, error } = useQuery(optionQuery(option, on))
  const me = useMe()
  const [isProposing, setProposing] = useState(false)
  if (error) return <ProblemNote error={error} />
  if (!detail) return <p className="panel sub">設定を読んでいます</p>
  const waiting = detail.history.find(({ state }) => state === 'waiting')
  const mayPropose = mayCall(me, 'POST /api/settings/options/:flow/:name')
  return (
    <>
      <div className="scroll" tabIndex={0} role="region" aria-label="設定の内容">
        <div className="panel">
          <div className="sub">{detail.flowName}</div>
          <h2>{detail.label}</h2>
          <p className="bigvalue">
            {waiting ? (
              <>
                <del className="d">{detail.valueText}</del> → <ins className="d">{waiting.valueText}</ins>
              </>
            ) : (
              <b>{detail.valueText}</b>
            )}
          </p>
          {waiting ? <WaitingFacts detail={detail} waiting={waiting} /> : <Facts detail={detail} />}
        </div>
        <Impact detail={detail} />
        <div className="panel days">
          <h3>これまでの値</h3>
          <Timeline items={timelineOf(detail)} />
        </div>
      </div>
      {detail.waiting ? (
        <DecideChange
          enforceRefusal={detail.enforceRefusal}
          canRefuse={detail.canRefuse}
          summary={
            <p>
              「{detail.label}」を {longDay(detail.waiting.validFrom)} から <b>{detail.waiting.valueText}</b>
              にします。開いている処理 {formatNumber(detail.impact.openRunCount)}件は始めたときの値のままです。
            </p>
          }
          enforce={() =>
            api('POST /api/settings/option-changes/:changeId/enforce', {
              params: { changeId: detail.waiting?.changeId ?? '' },
              idempotencyKey: crypto.randomUUID(),
            })
          }
          refuse={(reason) =>
            api('POST /api/settings/option-changes/:changeId/refuse', {
              params: { changeId: detail.waiting?.changeId ?? '' },
              body: { reason },
              idempotencyKey: crypto.randomUUID(),
            })
          }
        />
      ) : (
        <div className="actionbar">
          <span className="sub">別の人が施行してから効きます</span>
          <span className="end">
            {mayPropose && (
              <Button look="primary" onClick={() => setProposing(true)}>
                変更を出す…
              </Button>
            )}
          </span>
        </div>
      )}
      {isProposing && <OptionForm detail={detail} onClose={() => setProposing(false)} />}
    </>
  )
}

const Facts = ({ detail }: { detail: OptionDetail }) => (
  <dl className="kv">
    <dt>施行日</dt>
    <dd>{detail.validFrom === null ? '初期値(市町村の登録はありません)' : longDay(detail.validFrom)}</dd>
    <dt>基準の日</dt>
    <dd>{detail.basis}で値が決まります</dd>
    <dt>根拠</dt>
    <dd>{detail.source || '—'}</dd>
    {detail.isUnconfirmed && (
      <>
        <dt>注意</dt>
        <dd>初期値の出どころは確かめられていません。条例・要綱を確かめて登録してください。</dd>
      </>
    )}
  </dl>
)

const WaitingFacts = ({ detail, waiting }: { detail: OptionDetail; waiting: OptionDetail['history'][number] }) => (
  <dl className="kv">
    <dt>施行日</dt>
    <dd>{longDay(waiting.validFrom)}</dd>
    <dt>かかる分</dt>
    <dd>
      {shortDay(waiting.validFrom)}
      {REACH[detail.basis]}
    </dd>
    <dt>根拠</dt>
    <dd>{waiting.legalSource}</dd>
    <dt>出した人</dt>
    <dd>
      {waiting.decidedBy} {shortMoment(waiting.recordedAt)}
    </dd>
    <dt>わけ</dt>
    <dd>{waiting.reason}</dd>
  </dl>
)

/** およぶ範囲: open runs keep theirs; what begins later takes the new one. */
function Impact({ detail }: { detail: OptionDetail }) {
  const { openRunCount, openRuns, affectedInstalments, examples } = detail.impact
  return (
    <div className="panel">
      <h3>およぶ範囲</h3>
      <ul className="stack">
        <li>
          <Badge tone="done" icon="checkc">{`開いている処理 ${formatNumber(openRunCount)}件`}</Badge>{' '}
          <span className="sub">始めたときの値のままです</span>
        </li>
        {openRuns.map((run) => (
          <li key={run.runId} className="sub">
            <Link to="/runs/$runId" params={{ runId: run.runId }}>
              {run.number}
            </Link>{' '}
            {run.title} <b>{run.value}</b>
          </li>
        ))}
        {affectedInstalments !== null && (
          <li>
            <Badge
              tone={affectedInstalments > 0 ? 'warn' : 'wait'}
              icon="alert"
            >{`期割 ${formatNumber(affectedInstalments)}件`}</Badge>{' '}
            <span className="sub">いま登録されている、かかる分の期割</span>
          </li>
        )}
      </ul>
      {examples.length > 0 && (
        <table className="grid fits" aria-label="例">
          <thead>
            <tr>
              <th scope="col">{detail.basis}の例</th>
              <th scope="col">前</th>
              <th scope="col">後</th>
            </tr>
          </thead>
          <tbody>
            {examples.map(({ day, before, after }) => (
              <tr key={day}>
                <td className="code">{shortDay(day)}</td>
                <td>{before}</td>
                <td className={before === after ? '' : 'b'}>{after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

const HISTORY = {
  inForce: { icon: 'checkc', tone: 'done' },
  waiting: { icon: 'wait', tone: 'now' },
  refused: { icon: 'xc', tone: 'late' },
} as const

function timelineOf({ history, defaultText }: OptionDetail) {
  const changes = history.map((change) => ({
    key: change.changeId,
    time: shortDay(change.validFrom),
    ...HISTORY[change.state],
    text: (
      <>
        {change.valueText} {change.legalSource && <span className="sub">{change.legalSource}</span>}
        {change.refusedWhy && <span className="sub"> 差戻し: {change.refusedWhy}</span>}
      </>
    ),
    who:
      change.decidedBy === null
        ? '導入時'
        : `${change.decidedBy}・${change.enforcedBy ?? change.refusedBy ?? '確認待ち'}${change.enforcedAt === null ? '' : ` ${shortMoment(change.enforcedAt)}`}`,
  }))
  return [...changes, { key: 'default', time: '—', icon: 'dot' as const, text: defaultText, who: '初期値' }]
}
