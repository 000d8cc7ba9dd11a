import { useState } from 'react'
import { api } from '#web/lib/api.ts'
import { shortMoment } from '#web/lib/dates.ts'
import { mayCall, useMe } from '#web/lib/session.ts'
import { Button } from '#web/ui/button.tsx'
import { Note } from '#web/ui/note.tsx'
import { Handover } from './handover.tsx'
import type { InstanceDetail } from './instance-query.ts'
import { RetryDialog } from './retry-dialog.tsx'

type Incident = InstanceDetail['incidents'][number]

/** なぜ止まっているか, 次にすること, もう一度行う; or in plain words why it waits. */
export function Incidents({ instance }: { instance: InstanceDetail }) {
  const [retrying, setRetrying] = useState<Incident | null>(null)
  const me = useMe()
  const open = instance.incidents.filter(({ resolvedAt }) => resolvedAt === null)
  const past = instance.incidents.filter(({ resolvedAt }) => resolvedAt !== null)
  const mayRetry = mayCall(me, 'POST /api/instances/:key/incidents/:incidentKey/retry')
  return (
    <section aria-label="いまの様子" tabIndex={0}>
      <h2>{open.length > 0 ? 'なぜ止まっているか' : 'いまの様子'}</h2>
      <div className="in stack">
        {open.map((incident) => (
          <div key={incident.incidentKey} className="stack">
            <Note kind="late">
              <b>{incident.elementName} で止まりました。</b>
              <div>{incident.message}</div>
              <div className="sub">
                {shortMoment(incident.at)} 符号 {incident.kind}
              </div>
            </Note>
            <h3>次にすること</h3>
            <ol className="how">
              <li>
                <b>1</b> わけを取り除く(空き容量、ファイル、つながりなど)
              </li>
              <li>
                <b>2</b> 取り除いたら「もう一度行う」を押す
              </li>
            </ol>
            <Button
              look="primary"
              blocked={
                !mayRetry
                  ? 'もう一度行えるのは係長と管理者です'
                  : !incident.canRetry && 'この止まりかたは、もう一度行っても直りません'
              }
              onClick={() => setRetrying(incident)}
            >
              もう一度行う…
            </Button>
            <p className="sub">もう一度行っても、済んだ分は二度行われません。</p>
          </div>
        ))}
        {open.length === 0 && instance.current.length === 0 && (
          <p>終わっています{instance.outcome && `(${instance.outcome})`}。</p>
        )}
        {instance.waiting.map((place, index) => (
          <div key={`${place.elementId}-${index}`}>
            <b>{place.name}</b>
            <div>{place.text}</div>
            {place.next && <div className="sub">次にすること:{place.next}</div>}
          </div>
        ))}
        <Handover instance={instance} />
        {past.length > 0 && (
          <>
            <h3>前に止まったこと</h3>
            {past.map((incident) => (
              <p key={incident.incidentKey} className="sub">
                {shortMoment(incident.at)} {incident.elementName}({incident.message})
              </p>
            ))}
          </>
        )}
      </div>
      {retrying && (
        <RetryDialog
          title={`${retrying.elementName} をもう一度行う`}
          retry={(reason) =>
            api('POST /api/instances/:key/incidents/:incidentKey/retry', {
              params: { key: instance.instanceKey, incidentKey: retrying.incidentKey },
              body: { reason },
              idempotencyKey: crypto.randomUUID(),
            })
          }
          onClose={() => setRetrying(null)}
        />
      )}
    </section>
  )
}
