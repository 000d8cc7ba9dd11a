import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadProfiles } from '#intake/profiles.ts'
import { WORKED_EXAMPLES } from '#tools/sample/examples.ts'
import { makeExamples } from '#tools/sample/make-sample.ts'
import { writeSampleSettings } from '#tools/sample/settings.ts'
import { moveClock } from '#runtime/system-clock.ts'
import { readPdf } from '../notices/read-pdf.ts'
import { csv } from '../support/intake.ts'
import { instalment } from '../support/office-facts.ts'
import { placesOf, personalTexts } from '../support/personal-texts.ts'
import { officeRoad, type Road } from '../support/office-road.ts'
import { startProduct, type Product } from '../support/product.ts'
import { until } from '../support/until.ts'
import { EXPECTED_ROWS } from '../support/worked-examples.ts'

const KINDS = ['atena', 'hihokensha', 'soufusaki', 'yokushi', 'kiwari', 'shuno', 'yuyo', 'tokusoku']
const BASE = { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' }
const numberOf = new Map(WORKED_EXAMPLES.map(({ no, resident }) => [resident.insuredNo, no]))

/** The worked examples of sheet 5.2 §8, driven through the API on the real engine; base run 2026-07-31 / 08-12 / 08-20. */
describe('督促 from files to letters', () => {
  let product: Product
  let road: Road
  let runId: string
  let secondId: string
  /** A run in which everybody has been reminded already. */
  let withoutTargets: string

  /** 002: 要確認 becomes 充当予定, then ok. */
  async function confirm(login: string, taskId: string): Promise<void> {
    const { rows } = await road.sheet(login, taskId)
    const open = rows.filter(({ verdict }) => verdict === '要確認').map(({ rowNo }) => rowNo)
    const mark = { rows: open, action: 'exclude', reason: 'T15', followUpOn: '2026-09-01' }
    expect((await road.mark(login, taskId, mark)).status).toBe(200)
    expect((await road.decide(login, taskId, 'complete', { decision: 'ok' })).status).toBe(200)
  }

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
    rmSync(folder, { recursive: true })
  }, 240_000)
  afterAll(() => product.close(), 60_000)

  test('the same bytes again are refused as a duplicate', async () => {
    const again = await product.importFile('tantou', 'kiwari', csvOf('kiwari'))
    expect(again['status']).toBe('accepted')
    expect((await product.importFile('tantou', 'kiwari', csvOf('kiwari')))['status']).toBe('refused')
  })

  test('#14 with lowMonths 3: 5,600; the run keeps the option it started with', async () => {
    const record = (value: number) =>
      product.db.run(
        `insert into ordinance_options (flow, name, value, valid_from, recorded_at)
         values ('5-2-tokusoku', 'lowMonths', $1, '2020-04-01', $2)`,
        [String(value), product.clock.now()],
      )
    await record(3)
    const three = await road.start('tantou', { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' })
    await record(1)
    const { rows } = await road.sheet('tantou', await road.take('tantou', three.runId, '002'))
    const row = rows.find(({ insuredNo }) => numberOf.get(insuredNo) === '14')
    expect([row?.unpaidYen, row?.entaikinYen]).toEqual([88_900, 5_600])
    const reason = '計算例の確認のため'
    const cancelled = await product.call('kakaricho', 'POST', `/api/runs/${three.runId}/cancel`, { reason })
    expect(cancelled.status).toBe(200)
  }, 180_000)

  test('001 gives the rows of the sheet', async () => {
    const started = await road.start('tantou', BASE)
    expect(started.number).toMatch(/^R8-52-\d{4}$/)
    runId = started.runId
    const taskId = await road.take('tantou', runId, '002')
    const { rows, count } = await road.sheet('tantou', taskId)
    expect(count).toBe(25)
    const byNo = new Map(rows.map((row) => [numberOf.get(row.insuredNo), row]))
    const found = EXPECTED_ROWS.map(([no]) => {
      const row = byNo.get(no)
      if (!row) return [no, 'no row']
      const { verdict, reason, otherReasons, unpaidYen, feeYen, entaikinYen, cells } = row
      return [no, verdict, reason, otherReasons.join('+'), unpaidYen, feeYen, entaikinYen, cells['limitOn']]
    })
    expect(found).toEqual(EXPECTED_ROWS)
    expect(byNo.has('2')).toBe(false)
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
    // #19 begins: another run of the same 納期限 lists the same rows before this one makes its letters
    secondId = (await road.start('tantou2', BASE)).runId
    await road.take('tantou2', secondId, '002')
    await confirm('tantou', taskId)
  }, 180_000)

  test('#19: the other run of the same day makes no second letter and does not stop', async () => {
    await road.take('kakaricho', runId, '004')
    await confirm('tantou2', await road.take('tantou2', secondId, '002'))
    const taskId = await road.take('tantou2', secondId, '004')
    const { rows } = await road.sheet('tantou2', taskId)
    expect(new Set(rows.map(({ verdict, reason }) => `${verdict} ${reason}`))).toEqual(new Set(['除外 A02']))
    const { results, isStopped } = await road.run(secondId)
    expect(results).toMatchObject({ noticeCount: 0, unprintableCount: 0 })
    expect(isStopped).toBe(false)
    const cancelled = await product.call('kakaricho', 'POST', `/api/runs/${secondId}/cancel`, { reason: '同じ納期限' })
    expect(cancelled.status).toBe(200)
  }, 180_000)

  test('#17: 発送日 2026-09-10 gives 指定期限 2026-09-24', async () => {
    const params = { ...BASE, issueOn: '2026-09-10', lateReason: '計算例の確認のため' }
    const checked = await product.call<{ variables: object }>('tantou', 'POST', '/api/runs/check', {
      flow: '5-2-tokusoku',
      params,
    })
    expect(checked.body.variables).toMatchObject({ designatedOn: '2026-09-24' })
  })

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
    // #15 and #16: the digits under the bars of #1 and of 300,000; 300,001 has no barcode
    const { pages } = await readPdf(pdf)
    const digits = pages.map(({ pieces }) =>
      pieces
        .map(({ text }) => text)
        .join('')
        .replaceAll(/\D/g, ''),
    )
    expect(digits.filter((text) => text.includes('91912345263926001234550126000126083100123000'))).toHaveLength(1)
    expect(digits.filter((text) => text.includes('91912345263926004567808126000126083103000009'))).toHaveLength(1)
    const tooMuch = pages.findIndex(({ text }) => text.includes('¥300,001'))
    expect(pages[tooMuch]?.text).toContain('コンビニエンスストアでは納付できません')
    expect(digits[tooMuch]).not.toContain('91912345')
    expect(
      (await road.decide('tantou', sixth, 'complete', { decision: 'ok', sentOn: '2026-08-14', sentBy: '1' })).status,
    ).toBe(200)
    const seventh = await road.take('tantou', runId, '007')
    const register = (issuedOn: string) =>
      road.decide('tantou', seventh, 'complete', { decision: 'ok', issuedOn, dispatchedCount: 15, method: '1' })
    moveClock(join(product.dataDir, 'clock.json'), '2026-08-24')
    await product.broker().setClockOffset(product.clock.offsetMs())
    // #18: 8/24 leaves no 10 days until the printed 指定期限; an earlier day than printed is none
    await until('the server sees the new day', async () => (await register('2026-08-24')).body['code'] === 'F52-14')
    expect((await register('2026-08-19')).body['code']).toBe('F52-13')
    expect((await register('2026-08-20')).status).toBe(200)
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

  test('what is registered: the slips of #1, #10, #12, #16b and 差押可能日 2026-09-01 (#18)', async () => {
    const { body } = await product.call<{ items: { insuredNo: string; state: string; slipYen: number }[] }>(
      'tantou',
      'GET',
      `/api/runs/${runId}/notices?limit=100`,
    )
    const slips = new Map(body.items.map((one) => [numberOf.get(one.insuredNo), [one.state, one.slipYen]]))
    expect(['1', '3', '10', '12', '16b'].map((no) => slips.get(no))).toEqual([
      ['dispatched', 12_300],
      ['pulled', 12_300],
      ['dispatched', 8_900],
      ['dispatched', 6_300],
      ['dispatched', 300_001],
    ])
    const history = await product.db.rows(
      `select distinct issued_on as "issuedOn", designated_on as "designatedOn", seizable_from as "seizableFrom"
       from tokusoku_history where run_id = $1`,
      [runId],
    )
    expect(history).toEqual([{ issuedOn: '2026-08-20', designatedOn: '2026-08-31', seizableFrom: '2026-09-01' }])
  })

  test('#10: without 取残し the next run has no row of earlier 納期限, and every dunned one is A02', async () => {
    const params = { ...BASE, issueOn: '2026-08-24', includeCarriedOver: false, lateReason: '計算例の確認のため' }
    const { runId: third } = await road.start('tantou', params)
    withoutTargets = third
    const { rows } = await road.sheet('tantou', await road.take('tantou', third, '002'))
    const reasons = new Map(rows.map((row) => [numberOf.get(row.insuredNo), row.reason]))
    expect(['10', '11', '12', '14'].filter((no) => reasons.has(no))).toEqual([])
    expect([reasons.get('1'), reasons.get('16b')]).toEqual(['A02', 'A02'])
  }, 180_000)

  /** 006 and the end: nobody is reminded. */
  async function endsWithout(id: string): Promise<void> {
    const sixth = await road.take('tantou', id, '006')
    const sent = { decision: 'ok', sentOn: '2026-08-24', sentBy: '1' }
    expect((await road.decide('tantou', sixth, 'complete', sent)).status).toBe(200)
    const finished = await until('the run has ended', async () => {
      const state = await road.run(id)
      return state['state'] === 'finished' ? state : null
    })
    expect(finished).toMatchObject({ outcome: '督促なし終了', results: { releasedCount: 0 } })
    const { n } = await product.db.one<{ n: number }>(
      `select (select count(*) from tokusoku_history where run_id = $1)::int
         + (select count(*) from tasks where run_id = $1 and step_id like '%/007-%')::int as n`,
      [id],
    )
    expect(n).toBe(0)
  }

  test('督促なし終了 from 002: nobody is 対象, so no letter is made; the file of the 広域連合 is', async () => {
    const second = await road.take('tantou', withoutTargets, '002')
    const { rows } = await road.sheet('tantou', second)
    const still = rows.filter(({ verdict }) => verdict === '対象').map(({ rowNo }) => rowNo) // #3: it paid after 基準日
    expect((await road.mark('tantou', second, { rows: still, action: 'exclude', reason: 'T16' })).status).toBe(200)
    await confirm('tantou', second)
    await endsWithout(withoutTargets)
    const { n } = await product.db.one<{ n: number }>(
      `select (select count(*) from notices where run_id = $1)::int + (select count(*) from step_runs where run_id = $1
         and step_id similar to '%/(003|004|e2)-%')::int as n`,
      [withoutTargets],
    )
    expect(n).toBe(0)
    expect((await road.run(withoutTargets))['results']).toMatchObject({ targetCount: 0 })
  }, 180_000)

  test('督促なし終了 from 004: every letter is pulled, so nothing is dispatched', async () => {
    const [insuredNo = ''] = numberOf.keys()
    const more = instalment(1, { 被保険者番号: insuredNo, 通知書番号: '2600199999' })
    expect(await product.importFile('tantou', 'kiwari', csv(loadProfiles(), 'kiwari', [more]))).toMatchObject({
      status: 'accepted',
      rejected: 0,
    })
    const params = { ...BASE, issueOn: '2026-08-24', includeCarriedOver: false, lateReason: '計算例の確認のため' }
    const { runId: pulled } = await road.start('tantou', params)
    await confirm('tantou', await road.take('tantou', pulled, '002'))
    const fourth = await road.take('tantou', pulled, '004')
    await product.call('tantou', 'POST', `/api/tasks/${fourth}/proposals/accept`) // #3, which has paid
    const rows = (await road.sheet('tantou', fourth)).rows
      .filter((row) => row.verdict === '対象')
      .map((row) => row.rowNo)
    expect(rows.length).toBe(1)
    const mark = { rows, action: 'pull', reason: 'P99', note: '発送を見合わせるため' }
    expect((await road.mark('tantou', fourth, mark)).status).toBe(200)
    expect((await road.decide('tantou', fourth, 'propose', { decision: 'ok' })).status).toBe(200)
    expect((await road.decide('kakaricho2', fourth, 'release', { decision: 'ok' })).status).toBe(200)
    await endsWithout(pulled)
    const files = await product.db.rows(`select 1 from print_files where run_id = $1`, [pulled])
    expect(files).toEqual([])
  }, 180_000)

  test('監査 follows the run: instance, timeline, journal', async () => {
    const run = await road.run(runId)
    const timeline = await product.call<{ items: { text: string }[] }>(
      'kansa',
      'GET',
      `/api/instances/${String(run['instanceKey'])}/timeline`,
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
    // 検算: the fourteen invariants of sheet §7, after all that this file has done
    const check = await product.call<{ items: { number: number; count: number }[]; broken: number }>(
      'kansa',
      'GET',
      `/api/runs/${runId}/check`,
    )
    expect([check.status, check.body.items.length, check.body.items.filter(({ count }) => count > 0)]).toEqual([
      200,
      14,
      [],
    ])
    const refused = await product.call('tantou', 'GET', `/api/audit?limit=1`)
    expect(refused.status).toBe(403)
  })

  test('nothing of a person stands in a log of ours or of the engine, or in what the engine was told and told us', async () => {
    const texts = await personalTexts(product.db)
    expect(texts.length).toBeGreaterThan(100)
    const text = async (sql: string): Promise<string> =>
      (await product.db.rows<{ text: string }>(sql)).map((row) => row.text).join('\n')
    const places = {
      server: product.server().output(),
      workers: product.workers().output(),
      'broker.log': readFileSync(product.broker().logFile, 'utf8'),
      engine_records: await text(`select record as text from engine_records`),
      outbox: await text(`select payload::text as text from outbox`),
      step_runs: await text(`select concat(input, output, fault_message) as text from step_runs`),
    }
    for (const [place, content] of Object.entries(places)) expect([place, content === '']).toEqual([place, false])
    expect(placesOf(texts, places)).toEqual([])
    // the search finds what is there
    expect(placesOf(texts, { 名簿: await text(`select name as text from person_versions`) })).not.toEqual([])
  }, 60_000)
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
