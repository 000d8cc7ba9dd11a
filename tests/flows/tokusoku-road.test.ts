import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadProfiles } from '#intake/profiles.ts'
import { WORKED_EXAMPLES } from '#tools/sample/examples.ts'
import { makeExamples } from '#tools/sample/make-sample.ts'
import { writeSampleSettings } from '#tools/sample/settings.ts'
import { moveClock } from '#runtime/system-clock.ts'
import { officeRoad, type Road } from '../support/office-road.ts'
import { startProduct, type Product } from '../support/product.ts'
import { until } from '../support/until.ts'

const KINDS = ['atena', 'hihokensha', 'soufusaki', 'yokushi', 'kiwari', 'shuno', 'yuyo', 'tokusoku']
const numberOf = new Map(WORKED_EXAMPLES.map(({ no, resident }) => [resident.insuredNo, no]))

/** The worked examples of sheet 5.2 §8, driven through the API on the real engine; base run 2026-07-31 / 08-12 / 08-20. */
describe('督促 from files to letters', () => {
  let product: Product
  let road: Road
  let runId: string

  beforeAll(async () => {
    product = await startProduct('2026-08-14')
    road = officeRoad(product)
    await product.db.tx((tx) => writeSampleSettings(tx, product.clock))
    const folder = mkdtempSync(join(tmpdir(), 'koki-test-examples-'))
    await makeExamples(folder, loadProfiles())
    for (const kind of KINDS) {
      const text = readOrNull(join(folder, `${kind}.csv`))
      if (text === null) continue
      expect(await product.importFile('tantou', kind, text)).toMatchObject({ status: 'accepted', rejected: 0 })
    }
  }, 240_000)
  afterAll(() => product.close(), 60_000)

  test('the same bytes again are refused as a duplicate', async () => {
    const again = await product.importFile('tantou', 'kiwari', csvOf('kiwari'))
    expect(again['status']).toBe('accepted')
    expect((await product.importFile('tantou', 'kiwari', csvOf('kiwari')))['status']).toBe('refused')
  })

  test('001 gives the rows of the sheet', async () => {
    const started = await road.start('tantou', { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' })
    expect(started.number).toMatch(/^R8-52-\d{4}$/)
    runId = started.runId
    const taskId = await road.take('tantou', runId, '002')
    const { rows, count } = await road.sheet('tantou', taskId)
    expect(count).toBe(25)
    const byNo = new Map(rows.map((row) => [numberOf.get(row.insuredNo), row]))
    const brief = (no: string) => {
      const row = byNo.get(no)
      return row && [row.verdict, row.reason, row.unpaidYen, row.feeYen, row.entaikinYen]
    }
    expect(brief('1')).toEqual(['対象', null, 12_300, 0, 0])
    expect(brief('2')).toBeUndefined()
    expect(brief('5a')).toEqual(['要確認', 'A08', 9_800, 0, 0])
    expect(brief('6a')).toEqual(['除外', 'A01', 10_000, 0, 0])
    expect(brief('8b')).toEqual(['要確認', 'A06', 9_100, 0, 0])
    expect(brief('12')).toEqual(['対象', null, 6_200, 100, 1_000])
    expect(brief('14')).toEqual(['対象', null, 88_900, 100, 6_500])
    expect(byNo.get('8c')?.otherReasons).toEqual(['A05'])
    // F52-06: 要確認 must be decided first
    const early = await road.decide('tantou', taskId, 'complete', { decision: 'ok' })
    expect([early.status, early.body['code']]).toEqual([409, 'F52-06'])
    // #19's way in: nobody may dun twice, nor re-include 時効
    const prescribed = await road.mark('tantou', taskId, {
      rows: [byNo.get('11')?.rowNo],
      action: 'include',
      reason: null,
    })
    expect(prescribed.body['code']).toBe('F52-15')
    const open = rows.filter(({ verdict }) => verdict === '要確認').map(({ rowNo }) => rowNo)
    const marked = await road.mark('tantou', taskId, {
      rows: open,
      action: 'exclude',
      reason: 'T15',
      followUpOn: '2026-09-01',
    })
    expect(marked.status).toBe(200)
    expect((await road.decide('tantou', taskId, 'complete', { decision: 'ok' })).status).toBe(200)
  }, 180_000)

  test('004: P01 by a payment before 基準日 + 1 (#3), four eyes (#20), release by another 係長', async () => {
    const taskId = await road.take('kakaricho', runId, '004')
    const { rows } = await road.sheet('kakaricho', taskId)
    const third = rows.find((row) => numberOf.get(row.insuredNo) === '3')
    expect(third).toMatchObject({ verdict: '要確認', proposal: 'P01', printedYen: 12_300, currentYen: 0 })
    const undecided = await road.decide('kakaricho', taskId, 'propose', { decision: 'ok' })
    expect(undecided.body['code']).toBe('F52-08')
    await product.call('kakaricho', 'POST', `/api/tasks/${taskId}/proposals/accept`)
    expect((await road.decide('kakaricho', taskId, 'propose', { decision: 'ok' })).status).toBe(200)
    const same = await road.decide('kakaricho', taskId, 'release', { decision: 'ok' })
    expect([same.status, same.body['code']]).toEqual([403, 'F52-07'])
    expect((await road.decide('kakaricho2', taskId, 'release', { decision: 'ok' })).status).toBe(200)
  }, 180_000)

  test('print files open as PDF; 005 and 006; 007 on the day of dispatch; the run ends', async () => {
    const sixth = await road.take('tantou', runId, '006')
    const run = await road.run(runId)
    const documents = run['documents'] as { documentId: string; noticeCount: number }[]
    expect(documents.map(({ noticeCount }) => noticeCount)).toEqual([15])
    const pdf = await download(product, 'kakaricho', `/api/documents/${documents[0]?.documentId}`)
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-')
    expect(
      (await road.decide('tantou', sixth, 'complete', { decision: 'ok', sentOn: '2026-08-14', sentBy: '1' })).status,
    ).toBe(200)
    const seventh = await road.take('tantou', runId, '007')
    moveClock(join(product.dataDir, 'clock.json'), '2026-08-20')
    await product.broker().setClockOffset(product.clock.offsetMs())
    await until('the server sees the new day', async () => {
      const answer = await road.decide('tantou', seventh, 'complete', {
        decision: 'ok',
        issuedOn: '2026-08-20',
        dispatchedCount: 15,
        method: '1',
      })
      return answer.status === 200 || answer.body['code'] !== 'TASK-010' ? answer.status === 200 : false
    })
    const finished = await until('the run has ended', async () => {
      const state = await road.run(runId)
      return state['state'] === 'finished' ? state : null
    })
    expect(finished['results']).toMatchObject({
      delinquentCount: 25,
      targetCount: 16,
      noticeCount: 16,
      releasedCount: 15,
      pulledCount: 1,
      printFileCount: 1,
      issuedCount: 15,
    })
    const files = finished['files'] as { fileId: string; sha256: string }[]
    const content = await download(product, 'tantou', `/api/files/${files[0]?.fileId}/content`)
    expect(createHash('sha256').update(content).digest('hex')).toBe(files[0]?.sha256)
    expect(content.toString('utf8').split('\r\n').filter(Boolean)).toHaveLength(1 + 15 + 3) // header, 督促, 猶予 (#6a, 6c, 8c)
  }, 180_000)

  test('監査 follows the run: instance, timeline, journal', async () => {
    const run = await road.run(runId)
    const timeline = await product.call<{ items: { text: string }[] }>(
      'kansa',
      'GET',
      `/api/instances/${String(run['instanceKey'])}/timeline?limit=200`,
    )
    expect(timeline.status).toBe(200)
    const audit = await product.call<{ items: { kind: string }[] }>(
      'kansa',
      'GET',
      `/api/audit?runId=${runId}&limit=200`,
    )
    const kinds = new Set(audit.body.items.map(({ kind }) => kind))
    for (const kind of ['run-started', 'step-done', 'task-released', 'refused', 'task-completed'])
      expect(kinds).toContain(kind)
    const refused = await product.call('tantou', 'GET', `/api/audit?limit=1`)
    expect(refused.status).toBe(403)
  })
})

const folderOf = new Map<string, string>()
function readOrNull(path: string): string | null {
  try {
    const text = readFileSync(path, 'utf8')
    folderOf.set(path.replace(/^.*\//, '').replace('.csv', ''), text)
    return text
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
/** The file again, with one harmless line end more, so that its bytes are new. */
const csvOf = (kind: string): string => `${folderOf.get(kind) ?? ''}\r\n`

async function download(product: Product, login: string, path: string): Promise<Buffer> {
  const response = await product.fetch(login, path)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}
