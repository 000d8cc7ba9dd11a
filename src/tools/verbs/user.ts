import { Fault } from '#kernel/faults.ts'
import type { Reply } from '#api/contract.ts'
import { readOptions } from './options.ts'
import type { Verb, VerbContext } from './verb.ts'

type Staff = Reply<'GET /api/settings/staff'>

const STATES = { inForce: '', waiting: '(確認待ち)', planned: '(これから)', ended: '(終わり)' } as const

const staffOf = (context: VerbContext, user: string): Promise<Staff> =>
  context.api<Staff>('GET', '/api/settings/staff', undefined, { user })

/** Login → id. Throws USER-003. */
async function idOf(context: VerbContext, login: string, user: string): Promise<string> {
  const found = (await staffOf(context, user)).staff.find((one) => one.login === login)
  if (found === undefined) throw new Fault('USER-003')
  return found.userId
}

export const userList: Verb = {
  name: 'user list',
  usage: '[--user 利用者]',
  summary: '職員、役割と期間、係を示します',
  async run(args, context) {
    const read = readOptions(args, ['user'])
    if (read === null) return 2
    const { staff, units } = await staffOf(context, read.options.user ?? 'kanri')
    for (const { login, name, isDisabled, roles, units: memberships } of staff) {
      const mine = memberships.map(({ unitId }) => units.find((unit) => unit.unitId === unitId)?.name ?? '')
      context.print(`${login}  ${name}${isDisabled ? '(止めたログイン)' : ''}  ${mine.join('・')}`)
      for (const { roleId, label, validFrom, validTo, state } of roles)
        context.print(`  役割 ${roleId} ${label} ${validFrom}から${validTo ?? ''}${STATES[state]}`)
    }
    return 0
  },
}

export const userAdd: Verb = {
  name: 'user add',
  usage: 'ログイン --name 氏名 --kana カナ [--subject 識別子] [--user 利用者]',
  summary: '職員を登録します(役割は user grant で与えます)',
  async run(args, context) {
    const read = readOptions(args, ['name', 'kana', 'subject', 'user'])
    const login = read?.words[0]
    const { name, kana, subject = null, user = 'kanri' } = read?.options ?? {}
    if (login === undefined || name === undefined || kana === undefined) return 2
    await context.api('POST', '/api/settings/staff', { login, name, kana, subject }, { user })
    context.print(`${login} を登録しました`)
    return 0
  },
}

export const userGrant: Verb = {
  name: 'user grant',
  usage: 'ログイン 役割 --from 日 [--to 日] --reason わけ [--user 利用者]',
  summary: '役割を与えます(係長・監査・管理者は user approve の後に効きます)',
  async run(args, context) {
    const read = readOptions(args, ['from', 'to', 'reason', 'user'])
    const [login, role] = read?.words ?? []
    const { from, to = null, reason, user = 'kanri' } = read?.options ?? {}
    if (!login || !role || !from || !reason) return 2
    const userId = await idOf(context, login, user)
    const body = { role, validFrom: from, validTo: to, reason }
    const { id } = await context.api<{ id: string }>('POST', `/api/settings/staff/${userId}/roles`, body, { user })
    context.print(`役割 ${id} を与えました`)
    return 0
  },
}

export const userApprove: Verb = {
  name: 'user approve',
  usage: '役割番号 [--user 利用者]',
  summary: '役割を二人目として認めます',
  async run(args, context) {
    const read = readOptions(args, ['user'])
    const roleId = read?.words[0]
    if (roleId === undefined) return 2
    const user = read?.options.user ?? 'kakaricho'
    await context.api('POST', `/api/settings/roles/${encodeURIComponent(roleId)}/approve`, undefined, { user })
    context.print('認めました')
    return 0
  },
}

export const userEnd: Verb = {
  name: 'user end',
  usage: '役割番号 [--on 最後の日] --reason わけ [--user 利用者]',
  summary: '役割を終えます(--on がなければ直ちに)',
  async run(args, context) {
    const read = readOptions(args, ['on', 'reason', 'user'])
    const roleId = read?.words[0]
    const { on = null, reason, user = 'kanri' } = read?.options ?? {}
    if (roleId === undefined || reason === undefined) return 2
    await context.api('POST', `/api/settings/roles/${encodeURIComponent(roleId)}/end`, { on, reason }, { user })
    context.print('終えました')
    return 0
  },
}

export const userStop: Verb = {
  name: 'user stop',
  usage: 'ログイン --reason わけ [--user 利用者]',
  summary: 'ログインを止め、すべての役割を直ちに終えます',
  async run(args, context) {
    const read = readOptions(args, ['reason', 'user'])
    const login = read?.words[0]
    const { reason, user = 'kanri' } = read?.options ?? {}
    if (login === undefined || reason === undefined) return 2
    const userId = await idOf(context, login, user)
    await context.api('POST', `/api/settings/staff/${userId}/disable`, { reason }, { user })
    context.print(`${login} を止めました`)
    return 0
  },
}
