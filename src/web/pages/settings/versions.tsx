import { api } from '../../lib/api.ts'
import { inJapan, shortDay, shortMoment } from '../../lib/dates.ts'
import { BeforeAfter } from '../../ui/before-after.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { DecideChange } from './decide-change.tsx'
import type { Version } from './settings-query.ts'

interface ChangingSetting {
  readonly waiting: Version | null
  readonly enforceRefusal: string | null
  readonly canRefuse: boolean
  readonly history: readonly Version[]
}

const LOOK = {
  inForce: { icon: 'checkc', tone: 'done' },
  waiting: { icon: 'wait', tone: 'now' },
  refused: { icon: 'xc', tone: 'late' },
} as const

/** The drawer of a setting that two persons change: what waits, and every version so far. */
export function Versions({ title, reach, setting }: { title: string; reach: string; setting: ChangingSetting }) {
  const { waiting, history } = setting
  return (
    <>
      <div className="scroll" tabIndex={0} role="region" aria-label="変更とこれまでの版">
        <div className="panel">
          <h2>{waiting ? '確認を待つ変更' : title}</h2>
          {waiting ? (
            <>
              <BeforeAfter rows={waiting.differences} />
              <dl className="kv">
                <dt>出した人</dt>
                <dd>
                  {waiting.decidedBy} {shortMoment(waiting.recordedAt)}
                </dd>
                <dt>わけ</dt>
                <dd>{waiting.reason}</dd>
                <dt>およぶ範囲</dt>
                <dd>{reach}</dd>
              </dl>
            </>
          ) : (
            <p className="sub">待っている変更はありません。{reach}</p>
          )}
        </div>
        <div className="panel">
          <h3>これまでの版</h3>
          <Timeline
            items={history.map((version) => ({
              key: version.changeId,
              time: shortDay(inJapan(version.enforcedAt ?? version.recordedAt).day),
              ...LOOK[version.state],
              text: `${version.differences.map(({ label }) => label).join('、') || '変わりなし'}(${version.refusedWhy ?? version.reason})`,
              who: `${version.decidedBy}・${version.enforcedBy ?? version.refusedBy ?? '確認待ち'}`,
            }))}
          />
          {history.length === 0 && <p className="sub">まだ改めていません。</p>}
        </div>
      </div>
      {waiting && (
        <DecideChange
          enforceRefusal={setting.enforceRefusal}
          canRefuse={setting.canRefuse}
          summary={
            <>
              <BeforeAfter rows={waiting.differences} />
              <p>{reach}</p>
            </>
          }
          enforce={() =>
            api('POST /api/settings/changes/:changeId/enforce', {
              params: { changeId: waiting.changeId },
              idempotencyKey: crypto.randomUUID(),
            })
          }
          refuse={(reason) =>
            api('POST /api/settings/changes/:changeId/refuse', {
              params: { changeId: waiting.changeId },
              body: { reason },
              idempotencyKey: crypto.randomUUID(),
            })
          }
        />
      )}
    </>
  )
}
