import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Attachments } from '#tasklist/web/attachments/attachments.tsx'
import { api } from '#web/lib/api.ts'
import { shortMoment } from '#web/lib/dates.ts'
import { mayCall, useMe } from '#web/lib/session.ts'
import { Age, useDataAge } from '#web/ui/age.tsx'
import { Button } from '#web/ui/button.tsx'
import { FormDialog } from '#web/ui/form-dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Note } from '#web/ui/note.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { StepBand } from '#web/ui/step-band.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { TaskHead } from '#web/ui/taskhead.tsx'
import { bandStep } from '#web/ui/band-step.ts'
import { Balance } from './run-balance.tsx'
import { ProgressView } from './progress-view.tsx'
import { runQuery } from './run-query.ts'
import { Documents, Files, Results } from './run-results.tsx'
import { Report } from './run-report.tsx'
import { Returns } from './run-returns.tsx'
import { RunState } from './run-state.tsx'

type Tab = 'documents' | 'results' | 'files' | 'attachments' | 'balance' | 'returns'

/** 処理: progress, results, documents, files of one run; leaving it is safe. */
export function RunPage() {
  const { runId } = useParams({ from: '/shell/runs/$runId' })
  const me = useMe()
  const { data: run, error, dataUpdatedAt } = useQuery(runQuery(runId))
  const age = useDataAge(dataUpdatedAt, run?.dataAgeMs ?? 0)
  const [tab, setTab] = useState<Tab>('results')
  const [isCancelling, setCancelling] = useState(false)
  if (!run)
    return (
      <main className="main" id="main">
        {error ? (
          <ProblemNote error={error} />
        ) : (
          <p className="panel sub" role="status">
            処理を読んでいます
          </p>
        )}
      </main>
    )
  const hasReturns = mayCall(me, 'GET /api/returns') && (run.results['issuedCount'] ?? 0) > 0
  const current = run.steps.find(({ state }) => state === 'current' || state === 'failed')
  return (
    <main className="main lay-task" id="main">
      <TaskHead
        crumbs={[{ text: '処理', to: '/runs' }, { text: run.flowName }, { text: run.title }]}
        title={
          current ? (
            <>
              <span className="code">{current.step}</span>
              {current.name}
            </>
          ) : (
            run.title
          )
        }
        meta={
          <dl className="meta">
            <div>
              <dt>処理番号</dt>
              <dd className="code">{run.number}</dd>
            </div>
            <div>
              <dt>状態</dt>
              <dd>
                <RunState run={run} />
              </dd>
            </div>
            <div>
              <dt>始めた人</dt>
              <dd>
                {run.startedBy ?? '—'} {shortMoment(run.createdAt)}
              </dd>
            </div>
          </dl>
        }
        end={<Age {...age} />}
      />
      <div>
        <StepBand label={`${run.flowName} の工程`} steps={run.steps.map(bandStep)} />
        {run.state === 'cancelled' && (
          <Note kind="warn">
            <b>この処理は中止しました。</b>
            {run.cancelReason} {run.cancelledBy && <span className="sub">({run.cancelledBy})</span>}
          </Note>
        )}
        {run.isStopped && run.instanceKey && (
          <Note
            kind="late"
            next={
              <Link to="/instances/$key" params={{ key: run.instanceKey }}>
                実行状況でわけを見る
              </Link>
            }
          >
            <b>この処理は止まっています。</b>
          </Note>
        )}
      </div>
      <div className="work withresults">
        <section aria-label="進み具合" className="formpage">
          <ProgressView run={run} />
        </section>
        <aside className="drawer" aria-label="結果と文書">
          <Tabs
            label="結果と文書"
            current={tab}
            onChange={setTab}
            tabs={[
              { key: 'results', title: '結果' },
              { key: 'documents', title: `文書 ${run.documents.length}` },
              { key: 'files', title: `ファイル ${run.files.length}` },
              ...(mayCall(me, 'GET /api/runs/:runId/attachments')
                ? [{ key: 'attachments' as const, title: '添付' }]
                : []),
              ...(mayCall(me, 'GET /api/runs/:runId/check') ? [{ key: 'balance' as const, title: '検算' }] : []),
              ...(hasReturns ? [{ key: 'returns' as const, title: '返戻' }] : []),
            ]}
          >
            {tab === 'results' && <Results run={run} />}
            {tab === 'documents' && <Documents run={run} />}
            {tab === 'files' && (
              <>
                <Report run={run} />
                <Files run={run} />
              </>
            )}
            {tab === 'attachments' && <Attachments of={{ runId }} />}
            {tab === 'balance' && <Balance runId={runId} />}
            {tab === 'returns' && <Returns runId={runId} runNumber={run.number} />}
          </Tabs>
        </aside>
      </div>
      <div className="actionbar">
        {run.instanceKey && (
          <Link className="btn sec" to="/instances/$key" params={{ key: run.instanceKey }}>
            実行状況を見る
          </Link>
        )}
        {mayCall(me, 'GET /api/runs/:runId/evidence') && (
          <a className="btn sec" href={`/api/runs/${runId}/evidence`} download>
            証拠一式
          </a>
        )}
        <span className="end row">
          {mayCall(me, 'POST /api/runs/:runId/cancel') && run.state === 'running' && (
            <Button
              look="danger"
              blocked={!run.canCancel && '発送承認後は中止できません'}
              onClick={() => setCancelling(true)}
            >
              中止する…
            </Button>
          )}
          {run.openTask ? (
            <Link className="btn pri" to="/tasks/$taskId" params={{ taskId: run.openTask.taskId }}>
              {run.openTask.step} {run.openTask.name} へ進む
            </Link>
          ) : (
            run.state === 'running' && (
              <Button look="primary" blocked="いまの工程が終わると押せます">
                確認へ進む(いまの工程が終わると押せます)
              </Button>
            )
          )}
        </span>
      </div>
      {isCancelling && <CancelDialog runId={runId} number={run.number} onClose={() => setCancelling(false)} />}
    </main>
  )
}

/** 中止: with a reason, and what it does. */
function CancelDialog({ runId, number, onClose }: { runId: string; number: string; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const client = useQueryClient()
  const cancel = useMutation({
    mutationFn: () =>
      api('POST /api/runs/:runId/cancel', {
        params: { runId },
        body: { reason: reason.trim() },
        idempotencyKey: crypto.randomUUID(),
      }),
    onSuccess: async () => {
      await client.invalidateQueries()
      onClose()
    },
  })
  const blocked = reason.trim().length < 5 && '理由を5字以上入れてください'
  return (
    <FormDialog
      title={`処理 ${number} を中止する`}
      act="処理を中止する"
      look="danger"
      isAlert
      blocked={blocked}
      isPending={cancel.isPending}
      error={cancel.error}
      onSubmit={() => cancel.mutate()}
      onClose={onClose}
    >
      <p>まだ発送していない通知を取消し、この処理の作業を取りやめます。元に戻せません。</p>
      <TextField label="中止の理由" isRequired value={reason} onChange={setReason} maxLength={200} />
    </FormDialog>
  )
}
