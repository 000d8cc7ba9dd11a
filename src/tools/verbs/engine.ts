import { alarmWords } from '#engine/alarm-words.ts'
import { openAlarms } from '#engine/alarms.ts'
import { currentEpoch } from '#engine/epoch.ts'
import { engineAge } from '#engine/heartbeat.ts'
import { FLOWS } from '#workers/registry.ts'
import { checkDeployed } from '../contract/check-deployed.ts'
import type { Verb } from './verb.ts'

const OLD_MS = 30_000

/** エンジンの状態, as our records know it: age of the data, what we owe, what stands still. Exit code 1 when a person is needed. */
export const engineStatus: Verb = {
  name: 'engine status',
  usage: '',
  summary: 'エンジンの状態(データの古さ、連絡待ち、止まった工程、警報)を示します',
  async run(_args, context) {
    const db = await context.database()
    const age = await engineAge(db)
    const { pending, incidents, quarantine, running } = await db.one<
      Record<'pending' | 'incidents' | 'quarantine' | 'running', number>
    >(
      `select (select count(*)::int from outbox where state = 'pending') as pending,
         (select count(*)::int from trace_incidents where resolved_at is null) as incidents,
         (select count(*)::int from engine_quarantine where resolved_at is null) as quarantine,
         (select count(*)::int from runs where state = 'running') as running`,
    )
    const alarms = await openAlarms(db)
    context.print(`世代 ${await currentEpoch(db)}`)
    context.print(age === null ? 'エンジンからまだ何も届いていません' : `${Math.round(age / 1_000)}秒前の状態`)
    context.print(
      `進行中の処理 ${running}件 連絡待ち ${pending}件 止まった工程 ${incidents}件 隔離した記録 ${quarantine}件`,
    )
    for (const { at, kind, detail } of alarms) {
      const { message, next } = alarmWords(kind)
      context.print(`× ${at} ${message}(${kind} ${detail})次にすること: ${next}`)
    }
    const broken = await checkDeployed(
      db,
      FLOWS.flatMap(({ steps }) => steps),
    )
    for (const { processId, version, findings } of broken)
      context.print(`× モデル ${processId} 第${version}版がこのプログラムの工程と合いません: ${findings.join('、')}`)
    if (broken.length > 0)
      context.print('  次にすること: その処理が終わるまで前の版のプログラムに戻すか、モデルを直して配備してください。')
    const isGood =
      broken.length === 0 && age !== null && age <= OLD_MS && incidents === 0 && quarantine === 0 && alarms.length === 0
    return isGood ? 0 : 1
  },
}
