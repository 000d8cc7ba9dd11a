import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '#web/lib/api.ts'
import { fieldsOf, type FormField, type FormSchema, type FormValues } from '#web/ui/form-schema.ts'

/** Words of the parameters (sheet 5.2 §2); a parameter without a word shows its own name. */
const LABELS: Readonly<Record<string, string>> = {
  dueOn: '納期限',
  asOf: '基準日',
  issueOn: '発送予定日',
  includeCarriedOver: '前の納期限の取残しも含める',
  lateReason: '納期限後20日を過ぎる理由',
  title: '処理の名前',
}

/** Fields of a flow's start form; what the defaults fill may be left as it stands. */
export const startFields = (form: FormSchema): FormField[] =>
  fieldsOf(form, '').map((field) => ({
    ...field,
    label: LABELS[field.name] ?? field.label,
    isRequired: field.kind === 'date',
  }))

/** The parameters a form starts with, and what follows from what was chosen so far. */
export const defaultsQuery = (flow: string, chosen: FormValues) =>
  queryOptions({
    queryKey: ['run', 'defaults', flow, chosen],
    queryFn: () => {
      const texts = Object.entries(chosen).filter(([, value]) => typeof value === 'string' && value !== '') as [
        string,
        string,
      ][] // just filtered
      return api('GET /api/flows/:flow/defaults', { params: { flow }, query: Object.fromEntries(texts) })
    },
    placeholderData: keepPreviousData,
    retry: false,
  })

/** 始める前の確認: asks the server, starts nothing. */
export const checkQuery = (flow: string, params: Record<string, unknown>, isReady: boolean) =>
  queryOptions({
    queryKey: ['run', 'check', flow, params],
    queryFn: () => api('POST /api/runs/check', { body: { flow, params } }),
    enabled: isReady,
    placeholderData: keepPreviousData,
    retry: false,
  })
