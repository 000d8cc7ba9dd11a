import { useCallback, useState } from 'react'
import { formatNumber } from '#web/lib/numbers.ts'
import { useShortcuts } from '#web/lib/shortcuts.ts'
import { ErrorSummary, useFormErrors } from '#web/ui/form-errors.tsx'
import { FormFields } from '#web/ui/form-fields.tsx'
import { decisionsOf, fieldsOf, type FormSchema, type FormValues } from '#web/ui/form-schema.ts'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { TaskAttachments } from '../attachments/task-attachments.tsx'
import { AskedDecision } from './asked-decision.tsx'
import { useDecide } from './decide.ts'
import { DecisionBar } from './decision-bar.tsx'
import { useDraft, type SendTyped } from './draft.ts'
import { FormerDraft } from './former-draft.tsx'
import { History } from './history.tsx'
import { NoticeField } from './notice-field.tsx'
import type { Detail } from './task-head.tsx'

interface FormWorkProps {
  readonly detail: Detail
  readonly age: { readonly isOld: boolean }
  readonly isMine: boolean
  readonly sendTyped: SendTyped
}

/** A task without a list: its form on the left, what happened on the right, the decision bottom right. */
export function FormWork({ detail, age, isMine, sendTyped }: FormWorkProps) {
  const { taskId } = detail.task
  const form = detail.form as FormSchema // the server sends the step's own JSON Schema
  const decisions = decisionsOf(form)
  const [values, setValues] = useState<FormValues>(() => ({ ...detail.formDefaults, ...detail.draft }))
  const [asked, setAsked] = useState<string | null>(null)
  const [letters, setLetters] = useState<Readonly<Record<string, string>>>({})
  const nameLetter = useCallback(
    (noticeId: string, name: string) => setLetters((known) => ({ ...known, [noticeId]: name })),
    [],
  )
  const [tab, setTab] = useState<'history' | 'attachments'>('history')
  const decide = useDecide(taskId)
  const draft = useDraft({
    taskId,
    values,
    onValues: setValues,
    detail,
    isOn: isMine && !decide.isSuccess,
    sendTyped,
  })
  const main = decisions[0]
  const fields = main ? fieldsOf(form, main.value) : []
  const errors = useFormErrors(fields, values)
  const blocked = !isMine ? '先に担当してください' : age.isOld ? 'つながるまでお待ちください' : null
  const ask = (decision: string) => {
    decide.reset()
    setAsked(decision)
  }
  const askMain = () => {
    if (blocked === null && main && errors.attempt()) ask(main.value)
  }
  useShortcuts({ 'Ctrl+Enter': askMain })
  const chosen = decisions.find(({ value }) => value === asked)
  const runId = detail.task.runId
  const isOpen = detail.task.state === 'open'
  return (
    <>
      <div className="work">
        <section aria-label="様式" className="formpage">
          {isOpen ? (
            <div className="box stack narrow">
              <h2>{detail.task.name}</h2>
              <ErrorSummary errors={errors} undone="まだ送っていません。" />
              {draft.error !== null && <ProblemNote error={draft.error} />}
              {isMine && <FormerDraft detail={detail} draft={draft} values={values} onValues={setValues} />}
              <FormFields
                fields={fields}
                values={values}
                onChange={setValues}
                errors={errors}
                custom={
                  runId
                    ? {
                        noticeId: (field, value, onChange) => (
                          <NoticeField
                            runId={runId}
                            label={field.label}
                            value={value}
                            onChange={onChange}
                            onName={nameLetter}
                          />
                        ),
                      }
                    : {}
                }
              />
            </div>
          ) : (
            <p className="panel sub">様式は開いていません。送ったことは「処理」の結果と監査の記録に残っています。</p>
          )}
        </section>
        <aside className="drawer" aria-label="履歴・添付">
          <Tabs
            label="履歴・添付"
            current={tab}
            onChange={setTab}
            tabs={[
              { key: 'history', title: '履歴' },
              { key: 'attachments', title: `添付 ${formatNumber(detail.attachmentCount)}` },
            ]}
          >
            {tab === 'history' && <History detail={detail} />}
            {tab === 'attachments' && <TaskAttachments detail={detail} />}
          </Tabs>
        </aside>
      </div>
      <div className="actionbar" role="toolbar" aria-label="操作">
        {isOpen && (
          <DecisionBar
            decisions={decisions}
            verb={main?.label ?? ''}
            blocked={blocked}
            isMine={isMine}
            draft={{ ...draft, savedAt: draft.savedAt ?? detail.draftSavedAt }}
            onMain={askMain}
            onOther={ask}
          />
        )}
      </div>
      {chosen && (
        <AskedDecision
          detail={detail}
          chosen={chosen}
          main={chosen === main ? { act: chosen.act, verb: chosen.label } : null}
          seen={{ hash: null, count: null }}
          values={values}
          onValues={setValues}
          isFilled={chosen === main}
          names={{ noticeId: (id) => letters[String(id)] ?? '通知(番号を確かめています)' }}
          decide={decide}
          draft={draft}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
