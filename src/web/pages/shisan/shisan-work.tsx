import { useState, type KeyboardEvent } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { warekiText } from '../../lib/dates.ts'
import { statusQuery } from '../../lib/session.ts'
import { isComposing, useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorSummary } from '../../ui/form-errors.tsx'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TaskHead } from '../../ui/taskhead.tsx'
import { InputFields } from './input-field.tsx'
import { blankOf, sentOf, type Values, valuesOf } from './input-values.ts'
import { ShisanBasis } from './shisan-basis.tsx'
import { calculate, type ShisanInfo } from './shisan-query.ts'
import { ShisanResultView, ShisanValue } from './shisan-result.tsx'
import { useInputErrors } from './use-input-errors.ts'

/** The form of a 試算 and what came out of it. The result goes as soon as its input is changed: it would be another's. */
export function ShisanWork({ info }: { info: ShisanInfo }) {
  const [forms, setForms] = useState(0)
  return <ShisanForm key={forms} info={info} onClear={() => setForms(forms + 1)} />
}

function ShisanForm({ info, onClear }: { info: ShisanInfo; onClear: () => void }) {
  const { input, output, name, term, summary } = info
  const [values, setValues] = useState<Values>(() => valuesOf(blankOf(input, true)))
  const errors = useInputErrors(input)
  const { data: status } = useQuery(statusQuery)
  const work = useMutation({
    mutationFn: (body: Values) => calculate(name, body),
    onError: (error) => errors.tell(error),
  })
  const compute = () => {
    if (!errors.attempt()) return work.reset()
    work.mutate(valuesOf(sentOf(input, values, true)))
  }
  const onEnter = (event: KeyboardEvent) => {
    const isLine = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox'
    if (event.key === 'Enter' && !event.ctrlKey && isLine && !isComposing(event)) compute()
  }
  useShortcuts({ 'Ctrl+Enter': compute })
  const isToldAtFields = errors.shown.length > 0
  return (
    <section aria-labelledby="page-title">
      <TaskHead
        crumbs={[{ text: '試算', to: '/shisan' }, { text: term }]}
        title={term}
        meta={<span className="sub">{summary}</span>}
      />
      <div className="shisan">
        <form
          className="box stack"
          aria-labelledby="input-title"
          onSubmit={(event) => event.preventDefault()}
          onKeyDown={onEnter}
        >
          <h2 id="input-title">入力</h2>
          <ErrorSummary key={errors.attempts} errors={errors} undone="まだ計算していません。" />
          <div className="inputs">
            <InputFields
              field={input}
              pointer=""
              isAsked
              value={values}
              onChange={(next) => {
                work.reset()
                setValues(valuesOf(next))
              }}
              errors={errors}
            />
          </div>
        </form>
        <div className="stack" tabIndex={0} role="region" aria-label="結果と決まり">
          <p className="onpaper">
            {term}の試算{status && `(${warekiText(status.today)})`}。試算であり、決定ではありません。
          </p>
          <p className="vh" role="status">
            {work.isSuccess ? `${term}を計算しました。` : ''}
          </p>
          {work.error && !isToldAtFields && <ProblemNote error={work.error} />}
          {work.isSuccess && (
            <section className="box onpaper">
              <h2>入力</h2>
              <ShisanValue field={input} value={work.variables} />
            </section>
          )}
          {work.isSuccess ? (
            <ShisanResultView schema={output} result={work.data} />
          ) : (
            <Note kind="info">入力して「計算する」を押すと、結果と算定の内訳が出ます。何も記録しません。</Note>
          )}
          <ShisanBasis info={info} />
        </div>
      </div>
      <div className="actionbar">
        <Button look="secondary" onClick={onClear}>
          入力を消す
        </Button>
        <span className="end row">
          <Button icon="print" blocked={!work.isSuccess && '計算してから印刷します'} onClick={() => window.print()}>
            印刷する
          </Button>
          <Button look="primary" shortcut="Ctrl+Enter" onClick={compute}>
            計算する
          </Button>
        </span>
      </div>
    </section>
  )
}
