import { Fault } from '#kernel/faults.ts'
import { deployModels } from '#engine/deploy.ts'
import type { EngineLog } from '#engine/log.ts'
import { connectZeebe } from '#engine/zeebe/adapter.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { shippedModels } from '../launch/models.ts'
import type { Verb } from './verb.ts'

const quiet: EngineLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
/** A broker that has just been started takes a while to lead its partitions. */
const PATIENCE_MS = 180_000
const LOOK_EVERY_MS = 1_000

/** 業務フローを外の Zeebe(ZEEBE_ADDRESS)に配備する. Waits for the engine; a model that is in force already is left. */
export const modelsDeploy: Verb = {
  name: 'models deploy',
  usage: '',
  summary: '外の Zeebe に業務フローを配備します(Zeebe が答えるまで待ちます)',
  async run(args, context) {
    if (args.length > 0) return 2
    const address = process.env['ZEEBE_ADDRESS']
    if (address === undefined || address === '')
      throw new Fault('SYS-014', { variable: 'ZEEBE_ADDRESS', value: '空', wanted: 'ホスト:ポートの形にしてください' })
    const engine = connectZeebe(address, quiet)
    try {
      for (const until = Date.now() + PATIENCE_MS; ; await pause(LOOK_EVERY_MS)) {
        const reached = await engine.probe()
        if (reached.kind === 'done') break
        if (Date.now() > until) throw new Fault('ENG-002', { detail: reached.message })
      }
      const { deployed } = await deployModels(
        { db: await context.database(), engine, clock: context.clock },
        shippedModels(),
      )
      context.print(`モデルを${deployed.length}件配備しました。`)
      return 0
    } finally {
      await engine.close()
    }
  },
}
