import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { inJapan, warekiDay } from '../../lib/dates.ts'
import { BeforeAfter } from '../../ui/before-after.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Mask } from '../../ui/mask.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { auditOneQuery } from './audit-query.ts'

/** One record: who, when, where, about what, why; before and after; how sure it is. */
export function AuditDetail({ eventId }: { eventId: string }) {
  const { data: event, error } = useQuery(auditOneQuery(eventId))
  if (error) return <ProblemNote error={error} />
  if (!event) return <p className="panel sub">記録を読んでいます</p>
  const { day, seconds } = inJapan(event.at)
  return (
    <>
      <div className="panel">
        <div className="sub">
          記録 <span className="code">{event.eventId}</span>
        </div>
        <h2>{event.summary}</h2>
        <dl className="kv">
          <dt>いつ</dt>
          <dd>
            {warekiDay(day)} {seconds}
          </dd>
          <dt>だれが</dt>
          <dd>{event.actor}</dd>
          <dt>どこで</dt>
          <dd>{event.terminal}</dd>
          <dt>なにの</dt>
          <dd>
            {event.subject}{' '}
            {event.runId && (
              <Link to="/runs/$runId" params={{ runId: event.runId }}>
                {event.runNumber}
              </Link>
            )}
          </dd>
          <dt>なぜ</dt>
          <dd>{event.why ?? '—'}</dd>
        </dl>
      </div>
      {event.changes.length > 0 && (
        <div className="panel">
          <h3>前と後</h3>
          <BeforeAfter rows={event.changes.map(({ name, ...rest }) => ({ label: name, ...rest }))} />
        </div>
      )}
      <div className="panel">
        <h3>確かさ</h3>
        {event.sealNumber ? (
          <Badge tone="done" icon="checkc">{`封印 ${event.sealNumber}番`}</Badge>
        ) : (
          <Badge tone="wait" icon="wait">
            まもなく封印します
          </Badge>
        )}
        <dl className="kv">
          <dt>この記録</dt>
          <dd className="hash">{event.hash}</dd>
          <dt>一つ前</dt>
          <dd className="hash">{event.previousHash ?? '—'}</dd>
          <dt>封印</dt>
          <dd className="hash">{event.sealHash ?? '—'}</dd>
        </dl>
        <p className="sub">書き出した記録は、このシステムがなくても検証できます。</p>
      </div>
      <details className="panel">
        <summary>封印した文そのもの</summary>
        {event.payload === null ? <Mask what="書かれた言葉は" /> : <pre className="hash">{event.payload}</pre>}
      </details>
    </>
  )
}
