import type { Reply } from '#api/contract.ts'
import { readTenths } from '#rules/interest/tenths.ts'
import { readOptions } from './options.ts'
import type { Verb, VerbContext } from './verb.ts'

type Options = Reply<'GET /api/settings/options'>
type Option = Options['items'][number]

const line = (option: Option): string => {
  const { flow, name, label, valueText, validFrom, waiting, next } = option
  const since = validFrom === null ? '初期値' : `${validFrom}から`
  const later = next === null ? '' : ` → ${next.valueText} ${next.validFrom}から`
  const asked =
    waiting === null ? '' : ` 確認待ち ${waiting.valueText} ${waiting.validFrom}から (変更 ${waiting.changeId})`
  return `${flow}/${name}  ${label}  ${valueText}  ${since}${later}${asked}`
}

export const optionList: Verb = {
  name: 'option list',
  usage: '[--on 日] [--user 利用者]',
  summary: '条例等の設定と、確認を待つ変更を示します',
  async run(args, context) {
    const read = readOptions(args, ['on', 'user'])
    if (read === null) return 2
    const { on, user = 'tantou' } = read.options
    const path = `/api/settings/options${on === undefined ? '' : `?on=${encodeURIComponent(on)}`}`
    const { items } = await context.api<Options>('GET', path, undefined, { user })
    for (const item of items) context.print(line(item))
    return 0
  },
}

/** 「3」 is a number, 「1.9%」 19 tenths, 「true」 a yes, anything else a choice; the server knows which the option takes. */
function valueOf(text: string): number | boolean | string {
  if (/^-?\d+$/.test(text)) return Number(text)
  if (text === 'true' || text === 'false') return text === 'true'
  return (text.endsWith('%') ? readTenths(text.slice(0, -1)) : null) ?? text
}

export const optionPropose: Verb = {
  name: 'option propose',
  usage: '業務フロー 項目 値 --from 日 --source 根拠 --reason わけ [--user 利用者]',
  summary: '条例等の設定の変更を出します(別の人が施行してから効きます)',
  async run(args, context) {
    const read = readOptions(args, ['from', 'source', 'reason', 'user'])
    const [flow, name, value] = read?.words ?? []
    const { from, source, reason, user = 'tantou' } = read?.options ?? {}
    if (!flow || !name || value === undefined || !from || !source || !reason) return 2
    const { id } = await context.api<{ id: string }>(
      'POST',
      `/api/settings/options/${encodeURIComponent(flow)}/${encodeURIComponent(name)}`,
      { value: valueOf(value), validFrom: from, legalSource: source, reason },
      { user },
    )
    context.print(`変更 ${id} を出しました。別の人が koki option enforce ${id} で施行します。`)
    return 0
  },
}

const decide = async (
  context: VerbContext,
  changeId: string,
  what: 'enforce' | 'refuse',
  user: string,
  body?: object,
) => context.api('POST', `/api/settings/option-changes/${encodeURIComponent(changeId)}/${what}`, body, { user })

export const optionEnforce: Verb = {
  name: 'option enforce',
  usage: '変更 [--user 利用者]',
  summary: '条例等の設定の変更を二人目として施行します',
  async run(args, context) {
    const read = readOptions(args, ['user'])
    const changeId = read?.words[0]
    if (changeId === undefined) return 2
    await decide(context, changeId, 'enforce', read?.options.user ?? 'kakaricho')
    context.print('施行しました')
    return 0
  },
}

export const optionRefuse: Verb = {
  name: 'option refuse',
  usage: '変更 --reason わけ [--user 利用者]',
  summary: '条例等の設定の変更を差し戻します',
  async run(args, context) {
    const read = readOptions(args, ['reason', 'user'])
    const changeId = read?.words[0]
    const reason = read?.options.reason
    if (changeId === undefined || reason === undefined) return 2
    await decide(context, changeId, 'refuse', read?.options.user ?? 'kakaricho', { reason })
    context.print('差し戻しました')
    return 0
  },
}
