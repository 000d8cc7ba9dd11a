import { reasonWord } from './code-words.ts'
import { inFormOrder, wordOfChange, wordOfStep, type ChangeWord } from './change-words.ts'

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

/** 理由 and メモ that a person chose or typed, in words. Null when there are none. */
export function whyOf(content: Content): string | null {
  const parts = [reasonWord(content), content['note']].filter((part) => typeof part === 'string' && part !== '')
  return parts.length === 0 ? null : parts.join(' ')
}

/** 前と後: `before` and `after` of the event, name by name; else what it set. All in Japanese. */
export function changesOf(content: Content): ValueChange[] {
  const part = (name: string): Content => {
    const value = content[name]
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Content) : {} // just checked
  }
  const before = part('before')
  const after = part('after')
  const step = { ...part('form'), ...part('output') }
  return [
    ...inFormOrder(content['step'], Object.keys(step)).map((name) =>
      said(wordOfStep(content['step'], name), null, step[name]),
    ),
    ...[...new Set([...Object.keys(before), ...Object.keys(after)])].map((name) =>
      said(wordOfChange(name), before[name], after[name]),
    ),
  ]
}

const said = ({ name, say }: ChangeWord, before: unknown, after: unknown): ValueChange => ({
  name,
  before: say(before),
  after: say(after),
})
