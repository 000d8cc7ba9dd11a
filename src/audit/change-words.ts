import { FORMS, type FormId } from '#processes/forms.generated.ts'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { wordOf } from '#kernel/value-words.ts'
import { formatWarekiShort } from '#rules/calendar/wareki.ts'
import { ROLE_WORDS } from './describe.ts'

/** 項目 of an option, a role, a 係, a deputy or a closed day: an event may change nothing else (`events.ts`). */
export const CHANGE_FIELDS = {
  value: '値',
  validFrom: '始めの日',
  validTo: '最後の日',
  fromOn: '始めの日',
  toOn: '最後の日',
  legalSource: '根拠',
  login: 'ログイン',
  role: '役割',
  roles: '役割',
  needsSecond: '二人目が要る',
  isApproved: '二人目が認めた',
  isEndedAtOnce: '直ちに終えた',
  isDisabled: '止めたログイン',
  hasSubject: '職員認証の識別子',
  code: '記号',
  name: '名前',
  kana: 'よみ',
  unit: '係',
  deputy: '代理の人',
  isWithdrawn: 'やめた',
  closedOn: '休庁日',
} as const satisfies Readonly<Record<string, string>>
export type ChangeField = keyof typeof CHANGE_FIELDS

/** The parts of JSON Schema that our forms use. */
interface Field {
  readonly 'x-label'?: string
  readonly 'x-labels'?: Readonly<Record<string, string>>
  readonly items?: Field
  readonly properties?: Readonly<Record<string, Field>>
}
interface Form {
  readonly properties: Readonly<Record<string, Field>>
  readonly 'x-decisions': readonly { readonly value: string; readonly label: string }[]
}

/** How one field of an event is called, and what its value says; null where it says nothing. */
export interface ChangeWord {
  readonly name: string
  say(value: unknown): string | null
}

const sayIn = (words: Readonly<Record<string, string>>) => (value: unknown) => sayValue(value, words)

/** A field of `before` and `after`. */
export const wordOfChange = (name: string): ChangeWord => ({
  name: name in CHANGE_FIELDS ? CHANGE_FIELDS[name as ChangeField] : name, // just looked up; else of an older program
  say: name === 'role' || name === 'roles' ? sayIn(ROLE_WORDS) : sayIn({}),
})

/** A field of what a step told (`output`) or, with its form, was asked (`form`): the form's own title where it has one. */
export function wordOfStep(step: unknown, name: string): ChangeWord {
  const form = formOf(step)
  const field = form?.properties[name]
  if (form === null || field === undefined) return { name: wordOf(name), say: sayIn({}) }
  const words =
    name === 'decision' ? Object.fromEntries(form['x-decisions'].map(({ value, label }) => [value, label])) : null
  return {
    name: field['x-label'] ?? wordOf(name),
    say: words === null ? (value) => sayField(value, field) : sayIn(words),
  }
}

/** Names of what a step took and told, as its form asks for them; what the form does not know comes after, as it stands. */
export function inFormOrder(step: unknown, names: readonly string[]): string[] {
  const asked = Object.keys(formOf(step)?.properties ?? {})
  const placeOf = (name: string): number => (asked.includes(name) ? asked.indexOf(name) : asked.length)
  return names.toSorted((a, b) => placeOf(a) - placeOf(b))
}

const formOf = (step: unknown): Form | null =>
  typeof step === 'string' && step in FORMS ? (FORMS[step as FormId] as unknown as Form) : null // just looked up

/** A value of a form's field: codes by their labels, a list by its entries, an entry by its own fields. */
function sayField(value: unknown, field: Field): string | null {
  if (Array.isArray(value)) return value.map((entry) => sayField(entry, field.items ?? {}) ?? '—').join('、')
  if (typeof value !== 'object' || value === null) return sayValue(value, field['x-labels'] ?? {})
  return Object.entries(value)
    .map(([name, part]) => {
      const own = field.properties?.[name] ?? {}
      return `${own['x-label'] ?? wordOf(name)} ${sayField(part, own) ?? '—'}`
    })
    .join(' ')
}

/** A value in words: 「はい」, 「R8.11.20」, 「552」, a code by its own of `words`; null where there is none. */
export function sayValue(value: unknown, words: Readonly<Record<string, string>>): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ'
  if (typeof value === 'number') return value.toLocaleString('ja-JP')
  if (Array.isArray(value))
    return value.length === 0 ? 'なし' : value.map((one) => sayValue(one, words) ?? '—').join('、')
  if (typeof value !== 'string') return JSON.stringify(value)
  const day = parsePlainDate(value)
  return words[value] ?? (day === null ? value : formatWarekiShort(day))
}
