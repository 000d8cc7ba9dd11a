import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import { SYSTEM } from '#audit/events.ts'
import { moveClock, openClock } from '#runtime/system-clock.ts'
import type { Verb, VerbContext } from './verb.ts'

const inJapan = (iso: string): string =>
  new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: 'Asia/Tokyo',
  }).format(new Date(iso))

const describe = ({ clock, clockFile }: VerbContext): string =>
  `${inJapan(clock.now())}(${clock.today()}) ${clockFile === null ? '機械の時計' : '見本の日付'}`

export const clockShow: Verb = {
  name: 'clock show',
  usage: '',
  summary: 'いまの業務日付を示します',
  async run(_args, context) {
    context.print(describe(context))
    return 0
  },
}

/** 日を進める: forward only; the engine follows within a second; an audit event. */
export const clockSet: Verb = {
  name: 'clock set',
  usage: '日付(2026-11-20)',
  summary: '見本の日付を進めます(戻せません)',
  async run([wanted], context) {
    if (wanted === undefined) return 2
    if (context.clockFile === null)
      throw new Fault('SYS-014', {
        variable: 'clock set',
        value: wanted,
        wanted: '見本のデータフォルダーでだけ使えます',
      })
    const db = await context.database()
    const from = context.clock.now()
    moveClock(context.clockFile, wanted)
    const to = openClock(context.clockFile).now()
    await db.tx((tx) =>
      appendEvent(tx, { at: to, kind: 'clock-moved', actor: { ...SYSTEM, terminal: 'koki' }, payload: { from, to } }),
    )
    context.print(`${inJapan(to)} に進めました`)
    return 0
  },
}
