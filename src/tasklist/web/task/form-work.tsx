import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api } from '#web/lib/api.ts'
import { shortMoment } from '#web/lib/dates.ts'
import { useShortcuts } from '#web/lib/shortcuts.ts'
import { Button } from '#web/ui/button.tsx'
import { SelectField } from '#web/ui/field.tsx'
import { FormFields } from '#web/ui/form-fields.tsx'
import { decisionsOf, fieldsOf, missingOf, valuesOf, type FormSchema, type FormValues } from '#web/ui/form-schema.ts'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { DecisionDialog } from './decision-dialog.tsx'
import { useDecide } from './decide.ts'
import { useDraft } from './draft.ts'
import { History } from './history.tsx'
import type { Detail } from './task-head.tsx'

interface FormWorkProps {
  readonly detail: Detail
  readonly age: { readonly isOld: boolean }
  readonly isMine: boolean
}

/** A task without a list: its form on the left, what happened on the right, the decision bottom right. */
export function FormWork({ detail, age, isMine }: FormWorkProps) {
  const form = detail.form as FormSchema // the server sends the step's own JSON Schema
  const decisions = decisionsOf(form)
  const [values, setValues] = useState<FormValues>(() => ({ ...detail.formDefaults, ...detail.draft }))
  const [asked, setAsked] = useState<string | null>(null)
  const decide = useDecide(detail.task.taskId)
  const savedAt =
    useDraft(detail.task.taskId, values, isMine && !decide.isPending && !decide.isSuccess) ?? detail.draftSavedAt
  const main = decisions[0]
  const fields = main ? fieldsOf(form, main.value) : []
  const missing = missingOf(fields, values)
  const blocked = !isMine
    ? '先に担当してください'
    : age.isOld
      ? 'つながるまでお待ちください'
      : missing.length > 0
        ? `${missing.join('・')}を入れてください`
        : false
  const ask = (decision: string) => setAsked(decision)
  useShortcuts({ 'Ctrl+Enter': () => blocked === false && main && ask(main.value) })
  const chosen = decisions.find(({ value }) => value === asked)
  const runId = detail.task.runId
  return (
    <>
      <div className="work">
        <section aria-label="様式" className="formpage">
          <div className="box stack narrow">
            <h2>{detail.task.name}</h2>
            <FormFields
              fields={fields}
              values={values}
              onChange={setValues}
              custom={
                runId
                  ? {
                      noticeId: (field, value, onChange) => (
                        <NoticeField runId={runId} label={field.label} value={value} onChange={onChange} />
                      ),
                    }
                  : {}
              }
            />
          </div>
        </section>
        <aside className="drawer" aria-label="履歴">
          <h2 className="panelhead">履歴</h2>
          <History taskId={detail.task.taskId} lines={detail.history} />
        </aside>
      </div>
      <div className="actionbar" role="toolbar" aria-label="操作">
        <span className="sub nw">{savedAt ? `下書き ${shortMoment(savedAt)} 保存` : ''}</span>
        <span className="end row">
          {typeof blocked === 'string' && (
            <span className="due warn" id="why">
              {blocked}
            </span>
          )}
          {decisions.slice(1).map(({ value, label }) => (
            <Button key={value} look="danger" blocked={!isMine && '先に担当してください'} onClick={() => ask(value)}>
              {label}…
            </Button>
          ))}
          {main && (
            <Button
              look="primary"
              shortcut="Ctrl+Enter"
              blocked={blocked}
              reasonId="why"
              onClick={() => ask(main.value)}
            >
              {main.label}…
            </Button>
          )}
        </span>
      </div>
      {chosen && (
        <DecisionDialog
          title={chosen.label}
          verb={chosen.label}
          isDanger={chosen !== main}
          fields={chosen === main ? [] : fieldsOf(form, chosen.value)}
          values={values}
          onValues={setValues}
          error={decide.error}
          isSending={decide.isPending}
          onConfirm={() =>
            decide.mutate(
              {
                act: chosen.act,
                decision: chosen.value,
                hash: null,
                count: null,
                values: valuesOf(fieldsOf(form, chosen.value), values),
              },
              { onSuccess: () => setAsked(null) },
            )
          }
          onClose={() => setAsked(null)}
        >
          <p>
            {detail.task.step} {detail.task.name}({detail.task.runNumber})
          </p>
        </DecisionDialog>
      )}
    </>
  )
}

interface NoticeFieldProps {
  readonly runId: string
  readonly label: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** A notice of this run, chosen by its printing number. */
function NoticeField({ runId, label, value, onChange }: NoticeFieldProps) {
  const notices = useQuery({
    queryKey: ['run', 'notices', runId],
    queryFn: () => api('GET /api/runs/:runId/notices', { params: { runId }, query: { state: 'released', limit: 500 } }),
  })
  return (
    <>
      {notices.error && <ProblemNote error={notices.error} />}
      <SelectField
        label={label}
        isRequired
        value={typeof value === 'string' ? value : ''}
        onChange={onChange}
        options={[
          { value: '', label: '選んでください' },
          ...(notices.data?.items ?? []).map(({ noticeId, printNo, insuredNo, personName }) => ({
            value: noticeId,
            label: `印刷番号 ${printNo ?? '—'} ${insuredNo} ${personName}`,
          })),
        ]}
      />
    </>
  )
}
