import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isExchanged, openAlarms } from '#engine/alarms.ts'
import { loadProfiles } from '#intake/profiles.ts'
import { moveClock } from '#runtime/system-clock.ts'
import { makeExamples } from '#tools/sample/make-sample.ts'
import { writeSampleSettings } from '#tools/sample/settings.ts'
import { engineRebuild } from '#tools/verbs/engine-rebuild.ts'
import { engineStatus } from '#tools/verbs/engine.ts'
import type { Verb } from '#tools/verbs/verb.ts'
import { kokiContext } from '../support/koki-context.ts'
import { officeRoad } from '../support/office-road.ts'
import { startProduct, type Product, type ProductProcess } from '../support/product.ts'
import { runFingerprint, type RunFingerprint } from '#tools/bench/faults/run-fingerprint.ts'
import { until } from '../support/until.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`
const KILLED = [S('001-identify-delinquents'), S('003-make-tokusoku-notices'), S('e2-dispatch-notices')]
const RELEASE = S('004-check-notices')

/** What happens around the places of a run where it may be disturbed. */
interface Trouble {
  /** `work` lets the engine hand out an 自動 step. */
  step(product: Product, step: string, work: () => Promise<void>): Promise<void>
  /** `work` is the second person's act on 004, and lets the engine hand out E2. */
  release(product: Product, step: string, work: () => Promise<number>): Promise<void>
  /** A task is claimed, and something of it is done. */
  open(product: Product, step: string): Promise<void>
}
const NONE: Trouble = {
  step: (_product, _step, work) => work(),
  release: async (_product, _step, work) => expect(await work()).toBe(200),
  open: async () => undefined,
}
let known: Promise<RunFingerprint> | undefined
const undisturbed = (): Promise<RunFingerprint> => (known ??= wholeRun(NONE))

/** A SIGKILL at every failpoint of 001, 003 and E2 and of the release leaves what an undisturbed run leaves. */
test('kills at every failpoint leave everything as if nothing had happened', async () => {
  const expected = await undisturbed()
  const reached: string[] = []
  const disturbed = await wholeRun(kills(reached))
  expect(reached).toEqual([
    ...KILLED.slice(0, 2).flatMap(allFailpoints),
    `before-final@${RELEASE}`,
    `after-commit@${RELEASE}`,
    `after-complete@${RELEASE}`,
    ...allFailpoints(KILLED[2] ?? ''),
  ])
  expect(disturbed).toEqual(expected)
}, 600_000)

/**
 * The broker's data are lost with 002 open, 003 at work, 004 released while the engine was away, and 007 open; each
 * time `koki engine rebuild` takes the run over. It ends as an undisturbed one, and no instance works twice.
 */
test('an engine that loses its data again and again leaves everything as if nothing had happened', async () => {
  const expected = await undisturbed()
  const told: string[] = []
  expect(await wholeRun(losses(told))).toEqual(expected)
  expect(told).toEqual(['督促・滞納者確認', '督促状・納付書作成', '督促状・納付書作成対象者確認', '督促発送情報登録'])
}, 600_000)

const allFailpoints = (step: string): string[] =>
  ['mid-copy', 'before-final', 'after-commit', 'after-complete'].map((point) => `${point}@${step}`)

async function wholeRun(trouble: Trouble): Promise<RunFingerprint> {
  const product = await startProduct('2026-08-14')
  const road = officeRoad(product)
  try {
    await loadExamples(product)
    const [e001 = '', e003 = '', e2 = ''] = KILLED
    const params = { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' }
    let runId = ''
    await trouble.step(product, e001, async () => {
      runId = (await road.start('tantou', params)).runId
    })
    const second = await road.take('tantou', runId, '002')
    const { rows } = await road.sheet('tantou', second)
    const open = rows.filter(({ verdict }) => verdict === '要確認').map(({ rowNo }) => rowNo)
    await road.mark('tantou', second, { rows: open, action: 'exclude', reason: 'T15', followUpOn: '2026-09-01' })
    await trouble.open(product, '002')
    await trouble.step(product, e003, async () => {
      expect((await road.decide('tantou', second, 'complete', { decision: 'ok' })).status).toBe(200)
    })
    const fourth = await road.take('kakaricho', runId, '004')
    await product.call('kakaricho', 'POST', `/api/tasks/${fourth}/proposals/accept`)
    expect((await road.decide('kakaricho', fourth, 'propose', { decision: 'ok' })).status).toBe(200)
    await trouble.release(product, e2, async () => {
      return (await road.decide('kakaricho2', fourth, 'release', { decision: 'ok' })).status
    })
    const sixth = await road.take('tantou', runId, '006')
    const sent = { decision: 'ok', sentOn: '2026-08-14', sentBy: '1' }
    expect((await road.decide('tantou', sixth, 'complete', sent)).status).toBe(200)
    const seventh = await road.take('tantou', runId, '007')
    await trouble.open(product, '007')
    moveClock(join(product.dataDir, 'clock.json'), '2026-08-20')
    const form = { decision: 'ok', issuedOn: '2026-08-20', dispatchedCount: 15, method: '1' }
    await until(
      '007 is registered',
      async () => (await road.decide('tantou', seventh, 'complete', form)).status === 200,
    )
    await until('the run has ended', async () => (await road.run(runId))['state'] === 'finished', 60_000)
    await onlyOneInstanceWorked(product, runId)
    return await runFingerprint(product.db, runId)
  } finally {
    await product.close()
  }
}

/** One instance an epoch, and one task a step. */
async function onlyOneInstanceWorked(product: Product, runId: string): Promise<void> {
  const { db } = product
  expect(
    await db.rows(`select epoch from engine_instances where run_id = $1 group by epoch having count(*) > 1`, [runId]),
  ).toEqual([])
  expect(
    await db.rows(`select step_id from tasks where run_id = $1 group by step_id having count(*) > 1`, [runId]),
  ).toEqual([])
  expect(await db.rows(`select projector, error from engine_quarantine`)).toEqual([])
  expect(await openAlarms(db)).toEqual([])
}

/** Every loss is noticed, and taken care of by the command that the state of the engine tells. */
function losses(told: string[]): Trouble {
  const rebuild = async (product: Product): Promise<void> => {
    const run = (verb: Verb, lines: string[]): Promise<number> =>
      verb.run([], kokiContext(product, product.dataDir, product.broker().gatewayAddress, lines))
    await until('the exchange is noticed', () => isExchanged(product.db), 120_000)
    const status: string[] = []
    expect(await run(engineStatus, status)).toBe(1)
    expect(status.join()).toContain('npm run koki -- engine rebuild')
    const lines: string[] = []
    expect(await run(engineRebuild, lines), lines.join()).toBe(0)
    told.push(/: (.*)から続けます/.exec(lines.at(-1) ?? '')?.[1] ?? lines.join())
  }
  return {
    async step(product, step, work) {
      if (step !== KILLED[1]) return work()
      await product.workers().stop()
      const workers = await product.startWorkers({ KOKI_FAILPOINT: `before-final@${step}` })
      await work()
      await dies(workers, `before-final@${step}`, [])
      await product.loseEngine()
      await product.startWorkers()
      await rebuild(product)
    },
    async release(product, _step, work) {
      await product.loseEngine(async () => expect(await work()).toBe(200))
      await rebuild(product)
    },
    async open(product) {
      await product.loseEngine()
      await rebuild(product)
    },
  }
}

function kills(reached: string[]): Trouble {
  return {
    open: async () => undefined,
    step: (product, step, work) => disturbed(product, reached, step, work),
    async release(product, step, work) {
      await killServerIn(product, reached, 'before-final', work)
      await disturbed(product, reached, step, async () => {
        const told = `after-complete@${RELEASE}`
        await killServerIn(product, reached, 'after-commit', work, { KOKI_FAILPOINT: told })
        await dies(product.server(), told, reached)
        await product.startServer({ KOKI_FAILPOINT: `after-complete@${step}` })
      })
    },
  }
}

/** Runs `work`, which lets the engine hand out a step, with every failpoint of that step armed in turn. */
async function disturbed(product: Product, reached: string[], step: string, work: () => Promise<void>): Promise<void> {
  await product.workers().stop()
  const isRelease = step === KILLED[2]
  if (!isRelease) {
    await product.server().stop()
    await product.startServer({ KOKI_FAILPOINT: `after-complete@${step}` })
  }
  await work()
  for (const point of ['mid-copy', 'before-final', 'after-commit']) {
    const workers = await product.startWorkers({ KOKI_FAILPOINT: `${point}@${step}` })
    await dies(workers, `${point}@${step}`, reached)
  }
  await dies(product.server(), `after-complete@${step}`, reached)
  await product.startServer()
  await product.startWorkers()
}

/** The server dies inside the release; the answer never comes. `then` is how the next server starts. */
async function killServerIn(
  product: Product,
  reached: string[],
  point: string,
  release: () => Promise<unknown>,
  then: Readonly<Record<string, string>> = {},
): Promise<void> {
  await product.server().stop()
  const armed = await product.startServer({ KOKI_FAILPOINT: `${point}@${RELEASE}` })
  await expect(release()).rejects.toThrow('fetch failed')
  await dies(armed, `${point}@${RELEASE}`, reached)
  await product.startServer(then).catch((error: unknown) => {
    // its failpoint may come before its first answer
    if (then['KOKI_FAILPOINT'] === undefined || !String(error).includes(`FAILPOINT ${then['KOKI_FAILPOINT']}`))
      throw error
  })
}

async function dies(one: ProductProcess, failpoint: string, reached: string[]): Promise<void> {
  const end = await Promise.race([one.ended, late(failpoint)])
  expect([end.signal, one.output().includes(`FAILPOINT ${failpoint}`)], one.output().slice(-1500)).toEqual([
    'SIGKILL',
    true,
  ])
  reached.push(failpoint)
}

const late = (failpoint: string): Promise<never> =>
  new Promise((_, no) => setTimeout(() => no(new Error(`not reached: ${failpoint}`)), 60_000).unref())

async function loadExamples(product: Product): Promise<void> {
  await product.db.tx((tx) => writeSampleSettings(tx, product.clock))
  const folder = mkdtempSync(join(tmpdir(), 'koki-examples-'))
  await makeExamples(folder, loadProfiles())
  for (const kind of ['atena', 'hihokensha', 'soufusaki', 'yokushi', 'kiwari', 'shuno', 'yuyo'])
    expect(await product.importFile('tantou', kind, readFileSync(join(folder, `${kind}.csv`), 'utf8'))).toMatchObject({
      status: 'accepted',
    })
  rmSync(folder, { recursive: true })
}
