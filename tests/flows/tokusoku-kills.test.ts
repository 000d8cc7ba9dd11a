import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadProfiles } from '#intake/profiles.ts'
import { moveClock } from '#runtime/system-clock.ts'
import { makeExamples } from '#tools/sample/make-sample.ts'
import { writeSampleSettings } from '#tools/sample/settings.ts'
import { officeRoad } from '../support/office-road.ts'
import { startProduct, type Product, type ProductProcess } from '../support/product.ts'
import { runFingerprint, type RunFingerprint } from '../support/run-fingerprint.ts'
import { until } from '../support/until.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`
const KILLED = [S('001-identify-delinquents'), S('003-make-tokusoku-notices'), S('e2-dispatch-notices')]
const RELEASE = S('004-check-notices')

/** A SIGKILL at every failpoint of 001, 003 and E2 and of the release leaves what an undisturbed run leaves. */
test('kills at every failpoint leave everything as if nothing had happened', async () => {
  const undisturbed = await wholeRun(null)
  const reached: string[] = []
  const disturbed = await wholeRun(reached)
  expect(reached).toEqual([
    ...KILLED.slice(0, 2).flatMap(allFailpoints),
    `before-final@${RELEASE}`,
    `after-commit@${RELEASE}`,
    `after-complete@${RELEASE}`,
    ...allFailpoints(KILLED[2] ?? ''),
  ])
  expect(disturbed).toEqual(undisturbed)
}, 600_000)

const allFailpoints = (step: string): string[] =>
  ['mid-copy', 'before-final', 'after-commit', 'after-complete'].map((point) => `${point}@${step}`)

async function wholeRun(reached: string[] | null): Promise<RunFingerprint> {
  const product = await startProduct('2026-08-14')
  const road = officeRoad(product)
  try {
    await loadExamples(product)
    const [e001 = '', e003 = '', e2 = ''] = KILLED
    const params = { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' }
    let runId = ''
    await disturbed(product, reached, e001, async () => {
      runId = (await road.start('tantou', params)).runId
    })
    const second = await road.take('tantou', runId, '002')
    const { rows } = await road.sheet('tantou', second)
    const open = rows.filter(({ verdict }) => verdict === '要確認').map(({ rowNo }) => rowNo)
    await road.mark('tantou', second, { rows: open, action: 'exclude', reason: 'T15', followUpOn: '2026-09-01' })
    await disturbed(product, reached, e003, async () => {
      expect((await road.decide('tantou', second, 'complete', { decision: 'ok' })).status).toBe(200)
    })
    const fourth = await road.take('kakaricho', runId, '004')
    await product.call('kakaricho', 'POST', `/api/tasks/${fourth}/proposals/accept`)
    expect((await road.decide('kakaricho', fourth, 'propose', { decision: 'ok' })).status).toBe(200)
    const release = () => road.decide('kakaricho2', fourth, 'release', { decision: 'ok' })
    if (reached !== null) await killServerIn(product, reached, 'before-final', release)
    await disturbed(product, reached, e2, async () => {
      if (reached === null) expect((await release()).status).toBe(200)
      else {
        const told = `after-complete@${RELEASE}`
        await killServerIn(product, reached, 'after-commit', release, { KOKI_FAILPOINT: told })
        await dies(product.server(), told, reached)
        await product.startServer({ KOKI_FAILPOINT: `after-complete@${e2}` })
      }
    })
    const sixth = await road.take('tantou', runId, '006')
    const sent = { decision: 'ok', sentOn: '2026-08-14', sentBy: '1' }
    expect((await road.decide('tantou', sixth, 'complete', sent)).status).toBe(200)
    const seventh = await road.take('tantou', runId, '007')
    moveClock(join(product.dataDir, 'clock.json'), '2026-08-20')
    const form = { decision: 'ok', issuedOn: '2026-08-20', dispatchedCount: 15, method: '1' }
    await until(
      '007 is registered',
      async () => (await road.decide('tantou', seventh, 'complete', form)).status === 200,
    )
    await until('the run has ended', async () => (await road.run(runId))['state'] === 'finished')
    return await runFingerprint(product.db, runId)
  } finally {
    await product.close()
  }
}

/** Runs `work`, which lets the engine hand out a step, with every failpoint of that step armed in turn. */
async function disturbed(
  product: Product,
  reached: string[] | null,
  step: string,
  work: () => Promise<void>,
): Promise<void> {
  if (reached === null) return work()
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
  await product.startServer(then)
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
