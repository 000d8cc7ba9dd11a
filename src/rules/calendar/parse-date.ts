import { parsePlainDate, type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import { err, ok, type Result } from '#kernel/result.ts'
import { type Era, ERAS, formatWareki } from './wareki.ts'

const WESTERN = /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const WAREKI = /^(明治|大正|昭和|平成|令和|[MTSHR])(元|\d{1,2})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?$/

const HOW = '「R8.4.1」「令和8年4月1日」「2026-04-01」「20260401」のように入力してください。'

/** 全角の英数字と記号を半角に, spaces away. Only for dates: a name is never folded like this. */
const plain = (input: string): string =>
  input
    .replaceAll(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll(/\s/g, '')
    .replaceAll(/[‐‑‒–—―−ー]/g, '-')
    .toUpperCase()

const pad = (text: string, width: number): string => text.padStart(width, '0')

const dayOf = (year: number, month: string, day: string): PlainDate | null =>
  parsePlainDate(`${pad(String(year), 4)}-${pad(month, 2)}-${pad(day, 2)}`)

/** The day one era too late is explained with the right spelling, so that nobody has to count. */
function inEra(of: Era, date: PlainDate): Result<PlainDate, string> {
  if (date < of.from) return err(`${of.name}は${formatFirst(of)}からです。${formatWareki(date)}ではありませんか。`)
  if (of.to !== null && date > of.to)
    return err(`${of.name}は${formatWareki(of.to)}までです。${formatWareki(date)}ではありませんか。`)
  return ok(date)
}

const formatFirst = (of: Era): string => formatWareki(of.from)

/**
 * 日付の入力を読む: 「R8.4.1」 「令和8年4月1日」 「20260401」 「2026-04-01」, also in full-width characters.
 * A refusal is a Japanese sentence that explains itself: 平成31年5月1日 → 「平成は平成31年4月30日までです。令和元年5月1日では
 * ありませんか。」. Days before 明治6年 (another calendar) are refused.
 */
export function parseDateInput(input: string): Result<PlainDate, string> {
  const text = plain(input)
  if (text === '') return err(`日付が空です。${HOW}`)
  const wareki = WAREKI.exec(text)
  if (wareki) {
    const [, name = '', year = '', month = '', day = ''] = wareki
    const of = ERAS.find((one) => one.name === name || one.letter === name)
    const number = year === '元' ? 1 : Number(year)
    if (!of || number === 0) return err(`${input}という年はありません。${HOW}`)
    const date = dayOf(of.firstYear + number - 1, month, day)
    if (date === null) return err(`${input}という日はありません。月と日を確認してください。`)
    return date < GREGORIAN ? err(BEFORE) : inEra(of, date)
  }
  const western = COMPACT.exec(text) ?? WESTERN.exec(text)
  if (!western) return err(`${input}は日付として読めません。${HOW}`)
  const date = dayOf(Number(western[1]), western[2] ?? '', western[3] ?? '')
  if (date === null) return err(`${input}という日はありません。月と日を確認してください。`)
  return date < GREGORIAN ? err(BEFORE) : ok(date)
}

/** 太陽暦の始まり: 明治6年1月1日. */
const GREGORIAN = plainDateOf('1873-01-01')
const BEFORE = '明治6年1月1日より前の日は扱えません。'
