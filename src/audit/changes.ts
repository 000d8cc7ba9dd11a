/** What an event says beside its sentence: the fields of its sealed text that a person can read. */
type Content = Readonly<Record<string, unknown>>

/** 前と後 of one value. */
export interface ValueChange {
  readonly name: string
  readonly before: string | null
  readonly after: string | null
}

/** The payload inside the sealed text. */
export const contentOf = (sealedText: string): Content => (JSON.parse(sealedText) as { payload: Content }).payload // our own canonical text

/** Words that a person typed: 理由, メモ. Null when there are none. */
export function whyOf(content: Content): string | null {
  const parts = TYPED.map((name) => content[name]).filter((part) => typeof part === 'string' && part !== '')
  return parts.length === 0 ? null : parts.join(' ')
}
const TYPED = ['reason', 'note'] as const

const sayValue = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)

/** 項目 of a setting, a role, a 係 or a deputy, as their screens call them. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  value: '値',
  validFrom: '始めの日',
  validTo: '最後の日',
  fromOn: '始めの日',
  toOn: '最後の日',
  legalSource: '根拠',
  role: '役割',
  roles: '役割',
  needsSecond: '二人目が要る',
  isApproved: '二人目が認めた',
  isEndedAtOnce: '直ちに終えた',
  isDisabled: '止めたログイン',
  hasSubject: '職員認証の識別子',
  unit: '係',
  deputy: '代理の人',
  isWithdrawn: 'やめた',
  closedOn: '休庁日',
}

/** 前と後: `before` and `after` of the event, name by name; else what it set. */
export function changesOf(content: Content): ValueChange[] {
  const part = (name: string): Content => {
    const value = content[name]
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Content) : {} // just checked
  }
  const before = part('before')
  const after = { ...part('form'), ...part('output'), ...part('after') }
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((name) => ({
    name: FIELD_NAMES[name] ?? name,
    before: sayValue(before[name]),
    after: sayValue(after[name]),
  }))
}
