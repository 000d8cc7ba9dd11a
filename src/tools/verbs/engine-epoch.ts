import { Fault } from '#kernel/faults.ts'
import { deployModels } from '#engine/deploy.ts'
import { raiseEpoch } from '#engine/epoch.ts'
import type { EngineLog } from '#engine/log.ts'
import { connectZeebe } from '#engine/zeebe/adapter.ts'
import { existsSync, readFileSync } from 'node:fs'
import { shippedModels } from '../launch/models.ts'
import type { Verb, VerbContext } from './verb.ts'

const quiet: EngineLog = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** 世代を上げる: after the engine's data directory was replaced or restored on purpose. Deploys the models again. */
export const engineRaiseEpoch: Verb = {
  name: 'engine raise-epoch',
  usage: '理由',
  summary: 'エンジンのデータを入れ替えたことを確かめ、作業を再開します',
  async run([reason], context) {
    if (reason === undefined || reason.trim() === '') return 2
    const db = await context.database()
    const engine = connectZeebe(zeebeAddress(context), quiet)
    try {
      const reached = await engine.probe()
      if (reached.kind !== 'done') throw new Fault('ENG-002', { detail: reached.message })
      const epoch = await raiseEpoch(db, context.clock, reason)
      const { deployed } = await deployModels({ db, engine, clock: context.clock }, shippedModels())
      context.print(`世代を${epoch}に上げ、モデルを${deployed.length}件配備しました。`)
      const { left } = await db.one<{ left: bigint }>(
        `select count(*) as left from runs where state = 'running' and epoch < $1`,
        [epoch],
      )
      if (left > 0n)
        context.print(`前の世代で進行中だった処理が${left}件あります。次にすること: 中止して始め直してください。`)
      return 0
    } finally {
      await engine.close()
    }
  },
}

function zeebeAddress({ folder }: VerbContext): string {
  const given = process.env['ZEEBE_ADDRESS']
  if (given !== undefined) return given
  if (!existsSync(folder.running)) throw new Fault('SYS-017', { folder: folder.root })
  return (JSON.parse(readFileSync(folder.running, 'utf8')) as { readonly zeebeAddress: string }).zeebeAddress
}
