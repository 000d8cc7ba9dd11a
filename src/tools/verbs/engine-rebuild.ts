import { Fault } from '#kernel/faults.ts'
import type { EngineLog } from '#engine/log.ts'
import { connectZeebe } from '#engine/zeebe/adapter.ts'
import { elementName } from '#trace/element-names.ts'
import { existsSync, readFileSync } from 'node:fs'
import { shippedModels } from '../launch/models.ts'
import { beginRebuild } from '../rebuild/begin.ts'
import { finishRebuild } from '../rebuild/finish.ts'
import { isUnderWay, takenOver, type TakenOver } from '../rebuild/progress.ts'
import type { Verb, VerbContext } from './verb.ts'

const quiet: EngineLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
const PATIENCE_MS = 120_000
const LOOK_EVERY_MS = 300

/**
 * エンジンのデータの作り直し: after a lost disk, a restored database or another engine. Every open run goes on where
 * PostgreSQL says it stands. Called again after a kill it goes on with what was begun.
 */
export const engineRebuild: Verb = {
  name: 'engine rebuild',
  usage: '[理由]',
  summary: 'エンジンのデータが失われた・入れ替わったとき、進行中の処理をすべて引き継ぎます',
  async run(args, context) {
    const db = await context.database()
    const engine = connectZeebe(zeebeAddress(context), quiet)
    try {
      const reached = await engine.probe()
      if (reached.kind !== 'done') throw new Fault('ENG-002', { detail: reached.message })
      let stuck: readonly { readonly number: string; readonly why: string }[] = []
      if (await isUnderWay(db)) context.print('前の作り直しの続きを行います。')
      else {
        const begun = await beginRebuild(db, context.clock, args.join(' ').trim() || 'koki engine rebuild')
        stuck = begun.stuck
        context.print(`世代を${begun.epoch}に上げました。引き継ぐ処理 ${begun.moved}件`)
      }
      const { deployed } = await finishRebuild({ db, engine, clock: context.clock }, shippedModels())
      context.print(`モデルを${deployed.length}件配備しました。`)
      const runs = await settled(() => takenOver(db))
      for (const { number, processId, elements, isBound, title } of runs)
        context.print(
          `${isBound ? '○' : '×'} ${number} ${title}: ${
            processId === null ? '始めから' : elements.map((id) => elementName(processId, id)).join('・')
          }${isBound ? 'から続けます' : 'を引き継げていません'}`,
        )
      for (const { number, why } of stuck) context.print(`× ${number}: ${why}`)
      const isGood = stuck.length === 0 && runs.every(({ isBound }) => isBound)
      if (!isGood)
        context.print(
          '次にすること: 画面とAPIが動いていることを確かめ、もう一度行ってください。モデルにない工程の処理は中止して始め直してください。',
        )
      return isGood ? 0 : 1
    } finally {
      await engine.close()
    }
  },
}

/** The outbox of the running server makes the instances; waits for it. */
async function settled(look: () => Promise<TakenOver[]>): Promise<TakenOver[]> {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const runs = await look()
    if (runs.every(({ isBound }) => isBound) || performance.now() > until) return runs
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS))
  }
}

function zeebeAddress({ folder }: VerbContext): string {
  const given = process.env['ZEEBE_ADDRESS']
  if (given !== undefined) return given
  if (!existsSync(folder.running)) throw new Fault('SYS-017', { folder: folder.root })
  return (JSON.parse(readFileSync(folder.running, 'utf8')) as { readonly zeebeAddress: string }).zeebeAddress
}
