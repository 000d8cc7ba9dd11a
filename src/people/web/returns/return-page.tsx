import { useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { addressOf, api } from '#web/lib/api.ts'
import { inJapan, monthDay, warekiDay } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { yearAndPeriod } from '#web/lib/periods.ts'
import { mayCall, useMe } from '#web/lib/session.ts'
import { useShortcuts } from '#web/lib/shortcuts.ts'
import { Button } from '#web/ui/button.tsx'
import { Mask } from '#web/ui/mask.tsx'
import { Note } from '#web/ui/note.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { TaskHead } from '#web/ui/taskhead.tsx'
import { Timeline } from '#web/ui/timeline.tsx'
import { DiscloseDialog } from '../disclose-dialog.tsx'
import { EndDialog, NoteDialog, PostDialog, ResendDialog, WithdrawDialog } from './return-dialogs.tsx'
import { ReturnState, shortDay } from './return-words.tsx'
import { returnKey, returnQuery, type ReturnCase } from './returns-query.ts'

type Act = 'resend' | 'post' | 'note' | 'end' | 'withdraw' | 'disclose'
const day = (text: string | null): string => {
  const date = text === null ? null : parsePlainDate(text)
  return date === null ? '—' : warekiDay(date)
}

/** 返戻の一件: what came back, what was done, and what can be done now. */
export function ReturnPage() {
  const { returnId } = useParams({ from: '/shell/returns/$returnId' })
  const client = useQueryClient()
  const me = useMe()
  const { data: kase, error } = useQuery(returnQuery(returnId))
  const [act, setAct] = useState<Act | null>(null)
  const isOpen = kase?.state === '居所調査' || kase?.state === '相続人調査'
  const mayAct = isOpen && mayCall(me, 'POST /api/returns/:returnId/resend')
  useShortcuts({ M: () => mayAct && setAct('note') })
  if (!kase)
    return (
      <main className="main" id="main">
        {error ? (
          <ProblemNote error={error} />
        ) : (
          <p className="panel sub" role="status">
            返戻を読んでいます
          </p>
        )}
      </main>
    )
  const close = () => setAct(null)
  return (
    <main className="main lay-task" id="main">
      <TaskHead
        crumbs={[{ text: '返戻・居所調査', to: '/returns' }]}
        title={
          <>
            {kase.paper} {yearAndPeriod(kase.fukaYear, kase.period, kase.lineCount)}
          </>
        }
        meta={
          <dl className="meta">
            <div>
              <dt>状態</dt>
              <dd>
                <ReturnState state={kase.state} />
              </dd>
            </div>
            <div>
              <dt>だれ</dt>
              <dd>
                <Link to="/insured/$insuredId" params={{ insuredId: kase.insuredId }}>
                  <span className="code">{kase.insuredNo}</span> {kase.personName}
                </Link>
              </dd>
            </div>
            <div>
              <dt>待ち</dt>
              <dd>{kase.daysWaiting === null ? '—' : `${formatNumber(kase.daysWaiting)}日`}</dd>
            </div>
          </dl>
        }
      />
      <div>
        {kase.isProtected && (
          <Note
            kind="guard"
            action={
              kase.canDisclose ? (
                <Button look="secondary" icon="eye" onClick={() => setAct('disclose')}>
                  理由を書いて開く…
                </Button>
              ) : undefined
            }
          >
            <b>DV等支援措置の対象者です。</b>
            返戻と居所調査の記録は伏せています。再発送は係長だけが、安全な送付先へ行います。
          </Note>
        )}
        {isOpen && kase.next !== '' && (
          <Note kind="info" next={kase.next}>
            <b>この通知は送達していません。</b>
            送達するまで差押えはできません。
          </Note>
        )}
      </div>
      <div className="work withresults">
        <section aria-label="経過" className="formpage" tabIndex={0}>
          <div className="box stack">
            <h2>経過</h2>
            <Steps kase={kase} />
          </div>
        </section>
        <aside className="drawer" aria-label="通知">
          <div>
            <h2 className="panelhead">通知</h2>
            <dl className="kv panel">
              <div className="kvrow">
                <dt>戻った日</dt>
                <dd>{kase.returnedOn.isMasked ? <Mask /> : day(kase.returnedOn.value)}</dd>
              </div>
              <div className="kvrow">
                <dt>わけ</dt>
                <dd>{kase.reasonLabel.isMasked ? <Mask /> : kase.reasonLabel.value}</dd>
              </div>
              <div className="kvrow">
                <dt>通知書番号</dt>
                <dd className="code">{kase.tsuchishoNo}</dd>
              </div>
              <div className="kvrow">
                <dt>未納額</dt>
                <dd>{formatNumber(kase.unpaidYen)}円</dd>
              </div>
              <div className="kvrow">
                <dt>差押え可能日</dt>
                <dd>{kase.seizableFrom === null ? '送達の後に決まります' : day(kase.seizableFrom)}</dd>
              </div>
              <div className="kvrow">
                <dt>処理番号</dt>
                <dd className="code">
                  {kase.runId === null ? (
                    '前のシステム'
                  ) : (
                    <Link to="/runs/$runId" params={{ runId: kase.runId }}>
                      {kase.runNumber}
                    </Link>
                  )}
                </dd>
              </div>
            </dl>
          </div>
        </aside>
      </div>
      <div className="actionbar" role="toolbar" aria-label="操作">
        {mayAct && (
          <Button look="secondary" shortcut="M" onClick={() => setAct('note')}>
            経過を書く…
          </Button>
        )}
        <span className="end row">
          {kase.canWithdraw && mayCall(me, 'POST /api/returns/:returnId/withdraw') && (
            <Button look="danger" onClick={() => setAct('withdraw')}>
              再発送を取りやめる…
            </Button>
          )}
          {mayAct && (
            <>
              <Button look="secondary" onClick={() => setAct('end')}>
                調査を終える…
              </Button>
              <Button look="secondary" onClick={() => setAct('post')}>
                公示送達…
              </Button>
              <Button
                look="primary"
                blocked={
                  kase.plan === null &&
                  (kase.canDisclose
                    ? '先に理由を書いて開いてください'
                    : kase.isProtected
                      ? '係長だけが行えます'
                      : 'この通知はここでは作り直せません')
                }
                onClick={() => setAct('resend')}
              >
                再発送…
              </Button>
            </>
          )}
        </span>
      </div>
      {act === 'resend' && <ResendDialog kase={kase} onClose={close} />}
      {act === 'post' && <PostDialog kase={kase} onClose={close} />}
      {act === 'note' && <NoteDialog kase={kase} onClose={close} />}
      {act === 'end' && <EndDialog kase={kase} onClose={close} />}
      {act === 'withdraw' && <WithdrawDialog kase={kase} onClose={close} />}
      {act === 'disclose' && (
        <DiscloseDialog
          disclose={(reason) =>
            api('POST /api/returns/:returnId/disclose', { params: { returnId: kase.returnId }, body: { reason } })
          }
          onDone={(opened) => {
            client.setQueryData(returnKey(kase.returnId), opened)
            close()
          }}
          onClose={close}
        />
      )}
    </main>
  )
}

const ICON = {
  居所調査: 'alert',
  相続人調査: 'alert',
  再発送: 'mail',
  公示送達: 'checkc',
  調査終了: 'minus',
} as const

function Steps({ kase }: { kase: ReturnCase }) {
  return (
    <Timeline
      items={kase.steps.map((step) => {
        const { day: on, time } = inJapan(step.at)
        return {
          key: String(step.number),
          day: warekiDay(on),
          time,
          icon: ICON[step.state],
          ...(step.state === '再発送' || step.state === '公示送達' ? { tone: 'done' as const } : {}),
          text: (
            <>
              <b>{step.state}</b>{' '}
              {step.actedOn.isMasked ? <Mask /> : step.actedOn.value && monthDayOf(step.actedOn.value)}{' '}
              {step.reasonLabel.value}
              {step.designatedOn && ` 指定期限 ${shortDay(step.designatedOn)}`}
              {step.servedOn && ` 送達 ${shortDay(step.servedOn)}`}
              {step.seizableFrom && ` 差押え可能日 ${shortDay(step.seizableFrom)}`}{' '}
              {step.documentId && (
                <a
                  href={addressOf('GET /api/documents/:documentId', { documentId: step.documentId })}
                  target="_blank"
                  rel="noreferrer"
                >
                  再発送する通知を開く
                </a>
              )}
              {step.note.isMasked ? <Mask /> : step.note.value && <span className="sub"> {step.note.value}</span>}
            </>
          ),
          who: step.by,
        }
      })}
    />
  )
}

const monthDayOf = (text: string): string => {
  const date = parsePlainDate(text)
  return date === null ? text : monthDay(date)
}
