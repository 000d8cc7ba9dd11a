import { Fault } from '#kernel/faults.ts'
import { issueToken, parseTtl } from '#access/tokens.ts'
import { SYSTEM } from '#audit/events.ts'
import { readOptions } from './options.ts'
import type { Verb } from './verb.ts'

const DEFAULT_TTL = '1h'

/** A token for a program that works as a demo user. Nothing but the token is printed. */
export const tokenVerb: Verb = {
  name: 'token',
  usage: '--user 利用者 [--ttl 1h]',
  summary: 'プログラムのためのトークンを出します(見本だけ。記録に残ります)',
  async run(args, context) {
    const read = readOptions(args, ['user', 'ttl'])
    const ttlMs = parseTtl(read?.options.ttl ?? DEFAULT_TTL)
    if (read?.options.user === undefined || ttlMs === null) return 2
    if (!context.isSample)
      throw new Fault('SYS-014', {
        variable: 'token',
        value: read.options.user,
        wanted: '見本のデータフォルダーでだけ使えます',
      })
    const { token } = await issueToken(
      { db: await context.database(), clock: context.clock, machineNow: () => new Date() },
      { login: read.options.user, ttlMs, actor: { ...SYSTEM, terminal: 'koki' } },
    )
    context.print(token)
    return 0
  },
}
