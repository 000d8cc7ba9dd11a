import { useMemo, useRef, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { formatWarekiShort } from '#rules/calendar/wareki.ts'
import { api } from '#web/lib/api.ts'
import { weekdayName } from '#rules/calendar/weekday.ts'
import { monthDayLong, warekiDay } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { useShortcuts } from '#web/lib/shortcuts.ts'
import { Age, useDataAge } from '#web/ui/age.tsx'
import { Button } from '#web/ui/button.tsx'
import { SelectField } from '#web/ui/field.tsx'
import { FormFields } from '#web/ui/form-fields.tsx'
import type { FormSchema, FormValues } from '#web/ui/form-schema.ts'
import { Note } from '#web/ui/note.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { TaskHead } from '#web/ui/taskhead.tsx'
import { FlowRail } from './flow-rail.tsx'
import { flowsQuery } from './run-query.ts'
import { StartCheck, StartFiles } from './start-check.tsx'
import { checkQuery, defaultsQuery, startFields } from './start-query.ts'

/** 処理を始める: parameters with their defaults, what follows from them, and the checks before the start. */
export function RunStartPage() {
  const { flow } = useParams({ from: '/shell/runs/new/$flow' })
  const navigate = useNavigate()
  const client = useQueryClient()
  const [chosen, setChosen] = useState<FormValues>({})
  const key = useRef(crypto.randomUUID())
  const { data: flows } = useQuery(flowsQuery)
  const info = flows?.items.find((one) => one.flow === flow)
  const defaults = useQuery(defaultsQuery(flow, chosen))
  const given = defaults.data?.params ?? {}
  const fields = useMemo(() => (info ? startFields(info.form as FormSchema) : []), [info]) // the server sends the flow's own JSON Schema
  const values: FormValues = {
    ...pick(
      given,
      fields.map(({ name }) => name),
    ),
    ...chosen,
  }
  const params = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  )
  const check = useQuery(checkQuery(flow, params, defaults.isSuccess && info !== undefined))
  const age = useDataAge(check.dataUpdatedAt)
  const start = useMutation({
    mutationFn: () => api('POST /api/runs', { body: { flow, params }, idempotencyKey: key.current }),
    onSuccess: async ({ runId }) => {
      await client.invalidateQueries({ queryKey: ['run'] })
      await navigate({ to: '/runs/$runId', params: { runId } })
    },
  })
  const problem = check.data?.problem ?? null
  // a day that cannot be read must not fall back to the default in silence
  const unread = fields.find(({ name, isRequired }) => isRequired && values[name] === null)
  const blocked = !info
    ? '業務フローを読んでいます'
    : unread
      ? `${unread.label}を直してください`
      : start.isPending
        ? '始めています'
        : problem !== null
          ? problem.message
          : !check.isSuccess
            ? '始める前の確認をしています'
            : null
  const begin = () => blocked === null && start.mutate()
  useShortcuts({ 'Ctrl+Enter': begin })
  const needsReason =
    given['needsLateReason'] === true || problem?.code === 'F52-04' || values['lateReason'] !== undefined
  const name = info ? `${info.number} ${info.name}` : ''
  return (
    <main className="main lay-list lay-start" id="main">
      <FlowRail current={flow} />
      <section aria-labelledby="page-title">
        <TaskHead
          crumbs={[{ text: '処理', to: '/runs' }, { text: name }]}
          title={`${name} の処理を始める`}
          meta={<Age {...age} />}
        />
        <div className="startform">
          <div className="stack">
            {(defaults.error ?? start.error) !== null && <ProblemNote error={defaults.error ?? start.error} />}
            <div className="box stack">
              <h2>1 条件</h2>
              <div className="three">
                <FormFields
                  fields={fields.filter(({ name: field }) => field !== 'lateReason' || needsReason)}
                  values={values}
                  onChange={(all) => setChosen(changedOnly(all, values, chosen))}
                  custom={
                    Array.isArray(given['dueOnChoices'])
                      ? {
                          dueOn: (field, value, onChange) => (
                            <SelectField
                              label={field.label}
                              isRequired
                              value={typeof value === 'string' ? value : ''}
                              onChange={onChange}
                              options={dueChoices(given['dueOnChoices'])}
                            />
                          ),
                        }
                      : {}
                  }
                />
                <Derived given={given} />
              </div>
            </div>
            <StartFiles files={check.data?.files ?? []} />
          </div>
          <aside className="stack" aria-label="始める前の確認">
            <StartCheck check={check.data} error={check.error} />
            <Note kind="info">始めると処理番号が付きます。同じ内容で2度押しても、処理は1つです。</Note>
          </aside>
        </div>
        <div className="actionbar">
          <span className="end row">
            {blocked !== null && (
              <span className="due warn" id="why">
                {blocked}
              </span>
            )}
            <Button look="secondary" onClick={() => void navigate({ to: '/runs' })}>
              やめる
            </Button>
            <Button
              look="primary"
              icon="play"
              shortcut="Ctrl+Enter"
              blocked={blocked ?? false}
              reasonId="why"
              onClick={begin}
            >
              処理を始める
            </Button>
          </span>
        </div>
      </section>
    </main>
  )
}

const pick = (from: Readonly<Record<string, unknown>>, names: readonly string[]): FormValues =>
  Object.fromEntries(
    names.filter((name) => from[name] !== undefined && from[name] !== null).map((name) => [name, from[name]]),
  )

/** Only what the person changed is fixed; the rest keeps following the defaults. */
const changedOnly = (all: FormValues, shown: FormValues, chosen: FormValues): FormValues => ({
  ...chosen,
  ...Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== shown[name])),
})

function dueChoices(choices: unknown): { value: string; label: string }[] {
  const list = choices as readonly { dueOn: string; count: number }[] // the flow's defaults give this shape
  return list.map(({ dueOn, count }) => {
    const date = parsePlainDate(dueOn)
    return {
      value: dueOn,
      label: date ? `${formatWarekiShort(date)}(${weekdayName(date)}) ${formatNumber(count)}件` : dueOn,
    }
  })
}

/** What follows from the chosen days: 指定期限 and the limit for sending. */
function Derived({ given }: { given: Readonly<Record<string, unknown>> }) {
  const derived = (given['derived'] ?? {}) as Readonly<Record<string, unknown>>
  const day = (value: unknown) => (typeof value === 'string' ? parsePlainDate(value) : null)
  const [designated, limit] = [day(derived['designatedOn']), day(given['limitOn'])]
  if (!designated && !limit) return null
  return (
    <>
      {designated && (
        <div className="fld">
          <span className="lbl">指定期限</span>
          <span>{warekiDay(designated)}</span>
          <span className="hint">発送日に条例の日数を足し、閉庁日なら翌開庁日</span>
        </div>
      )}
      {limit && (
        <div className="fld">
          <span className="lbl">発送の限度</span>
          <span>{monthDayLong(limit)}</span>
          <span className="hint">納期限後20日。過ぎるときは理由が要ります</span>
        </div>
      )}
    </>
  )
}
