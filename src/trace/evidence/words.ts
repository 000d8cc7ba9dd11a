import { sayValue } from '#audit/change-words.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { DECISION_WORDS, wordOf } from '#kernel/value-words.ts'
import { type OptionDefinition, sayOptionValue } from '#rules/options.ts'

/** 証拠一式 is read by people who know no identifier: every name and code of the books has its word here. */

export const RUN_STATES = { running: '処理中', finished: '済', cancelled: '中止' } as const
export const STEP_STATES = { open: '途中', done: '済', failed: '失敗', cancelled: '中止' } as const

const LISTS: Readonly<Record<string, string>> = {
  delinquents: '滞納者一覧',
  'notice-check': '作成一覧',
  tainosha: '送付一覧',
}
const ACTIONS: Readonly<Record<string, string>> = {
  exclude: '除外',
  include: '対象に戻す',
  pull: '引抜き',
  unpull: '発送に戻す',
  note: 'メモ',
}
const NOTICE_STATES: Readonly<Record<string, string>> = {
  made: '作成済',
  released: '発送可',
  dispatched: '発送済',
  pulled: '引抜き',
  lapsed: '失効',
  cancelled: '取消',
}
const PAPER_STATES: Readonly<Record<string, string>> = {
  building: '作成中',
  current: '有効',
  superseded: '差替え済',
  made: '作成済',
  sent: '送付済',
  accepted: '受入れ済',
}
const wordIn = (words: Readonly<Record<string, string>>) => (code: string) => words[code] ?? code

export const decisionWord = wordIn(DECISION_WORDS)
export const listWord = wordIn(LISTS)
export const actionWord = wordIn(ACTIONS)
export const noticeWord = wordIn(NOTICE_STATES)
export const paperWord = wordIn(PAPER_STATES)

/** A value of the flow in words: 「はい」, 「R8.11.20」, 「確認済み」, 「—」. */
export function valueWord(name: string, value: unknown): string {
  return value === '' ? '—' : (sayValue(value, name === 'decision' ? DECISION_WORDS : {}) ?? '—')
}

/** Values of the flow as 「督促の対象 552、要確認 2」; instants and ids say nothing beside the days they come from. */
export const valuesWord = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .filter(([name]) => !name.endsWith('At') && !name.endsWith('Id'))
    .map(([name, value]) => `${wordOf(name)} ${valueWord(name, value)}`)
    .join('、')

/** A value of an ordinance option as its screen says it: 「100円」, 「指定期限」, 「する」. */
export function optionValueWord(definition: OptionDefinition | undefined, value: unknown, from: PlainDate): string {
  return definition === undefined ? valueWord('', value) : sayOptionValue(definition, value, from)
}
