import { exportJournal } from '#audit/export.ts'
import { startSealer } from '#audit/sealer.ts'
import { openDatabase } from '#db/database.ts'
import { raiseAlarm } from '#engine/alarms.ts'
import { dataFolder } from '#tools/launch/data-folder.ts'
import { takeStartLock } from '#tools/launch/start-lock.ts'
import { runKoki } from '#tools/verbs/run-koki.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { instalment, insured, loadRows, person } from '#tests/support/office-facts.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { kokiOver, type Koki } from '#tests/support/verbs.ts'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let api: TestApi
let bench: StepBench
let { printed, context, koki } = {} as Koki // set before the first test

beforeAll(async () => {
  api = await openTestApi()
  ;({ printed, context, koki } = kokiOver(api))
  bench = await stepBench(api.office, [tokusoku])
  await loadRows(api.office, 'atena', [person(1)])
  await loadRows(api.office, 'hihokensha', [insured(1)])
  await loadRows(api.office, 'kiwari', [instalment(1)])
})
afterAll(async () => {
  await api.close()
})

describe('koki', () => {
  it('token prints a token that works, and nothing else', async () => {
    const { code, text } = await koki('token', '--user', 'kansa', '--ttl', '5m')
    expect(code).toBe(0)
    const reply = await api.app.inject({ url: '/api/me', headers: { authorization: `Bearer ${text}` } })
    expect(reply.json()).toMatchObject({ login: 'kansa', terminal: 'API' })
    expect((await koki('token', '--user', 'kansa', '--ttl', '25h')).code).toBe(2)
    await expect(koki('token', '--user', 'nobody')).rejects.toMatchObject({ code: 'AUTH-003' })
    await expect(runKoki(['token', '--user', 'kansa'], context({ isSample: false }))).rejects.toMatchObject({
      code: 'SYS-014',
    })
  })

  it('run start, show and task list, claim, complete go the way of the pages', async () => {
    const started = await koki('run', 'start', '5-2-tokusoku', '--params', '{"dueOn":"2026-07-31"}')
    expect(started.text).toMatch(/^R8-52-0001 を始めました \([0-9a-f-]{36}\)$/)
    const runId = /\((.*)\)/.exec(started.text)?.[1] ?? ''
    await bench.run(runId, '5-2-tokusoku/001-identify-delinquents')
    const taskId = await bench.open(runId, '5-2-tokusoku/002-confirm-delinquents')
    expect((await koki('task', 'list')).text).toBe(
      `残り1開庁日 2026-08-17  R8-52-0001  002 督促・滞納者確認  1件  未定  ${taskId}\n1件`,
    )
    expect((await koki('task', 'claim', taskId)).text).toContain('三枝 みのり')
    await expect(koki('task', 'claim', taskId, '--user', 'tantou2')).rejects.toMatchObject({ code: 'TASK-002' })
    expect((await koki('task', 'show', taskId)).text).toContain('判断: ok | redo')
    expect((await koki('task', 'complete', taskId, '--decision', 'ok')).text).toBe('完了しました')
    expect((await koki('run', 'show', 'R8-52-0001')).text.split('\n').slice(0, 4)).toEqual([
      `R8-52-0001 令和8年度 第1期 督促 処理中 (${runId})`,
      '  001 滞納者把握 済',
      '  002 督促・滞納者確認 済',
      '  003 督促状・納付書作成 これから',
    ])
    const sound = await koki('run', 'check', 'R8-52-0001')
    expect([sound.code, sound.text.split('\n').length]).toEqual([0, 15])
    expect(sound.text).toContain('○  1 納期の期割は、完納でなければ一覧にちょうど一行ある: 0件')
    expect(sound.text).toContain('検算はすべて合っています(14項目)。')
    // a 督促 of the run in the history of which no letter tells
    await api.office.db.run(
      `insert into tokusoku_history (instalment_id, run_id, issued_on, designated_on, recorded_at)
       select id, $1, '2026-08-20', '2026-08-31', $2 from instalments`,
      [runId, api.office.clock.now()],
    )
    const broken = await koki('run', 'check', runId)
    expect(broken.code).toBe(1)
    expect(broken.text).toContain('×  3 発送した通知には督促履歴があり、督促履歴には発送した通知がある: 1件')
    expect(broken.text).toContain(
      '      通知のない履歴 通知書番号 2600123455 賦課年度 令和8年度 調定年度 令和8年度 期別 01',
    )
    expect(broken.text).toContain('1項目が合いません。')
    const owner = openDatabase(api.office.ownerUrl) // the product itself deletes no history
    await owner.run(`delete from tokusoku_history where run_id = $1`, [runId])
    await owner.close()
    await expect(koki('run', 'check', 'R8-52-0999')).rejects.toMatchObject({ code: 'RUN-001' })
    expect(
      await api.office.db.one(
        `select count(*)::int as n from audit_events where run_id = $1 and kind = 'read' and payload like '%検算%'`,
        [runId],
      ),
    ).toEqual({ n: 2 })
    await expect(koki('run', 'cancel', 'R8-52-0001', '--reason', '試験', '--user', 'tantou')).rejects.toMatchObject({
      code: 'AUTH-002',
    })
    expect((await koki('run', 'cancel', 'R8-52-0001', '--reason', '試験')).text).toBe('中止しました')
    await expect(koki('run', 'show', 'R8-52-0999')).rejects.toMatchObject({ code: 'RUN-001' })
    expect((await koki('run', 'start')).code).toBe(2)
  })

  it('option list, propose, enforce and user grant, approve, end have the rights of the pages', async () => {
    const words = ['--from', '2026-08-15', '--source', '条例第9条', '--reason', '条例の改正']
    const proposed = await koki('option', 'propose', '5-2-tokusoku', 'lowMonths', '3', ...words)
    const [, id = ''] = /^変更 (\d+) を出しました。/.exec(proposed.text) ?? []
    expect((await koki('option', 'list')).text).toContain(
      `5-2-tokusoku/lowMonths  延滞金の低率期間  1か月  初期値 確認待ち 3か月 2026-08-15から (変更 ${id})`,
    )
    await expect(koki('option', 'enforce', id, '--user', 'tantou')).rejects.toMatchObject({ code: 'AUTH-002' })
    expect((await koki('option', 'enforce', id)).text).toBe('施行しました')
    await expect(koki('option', 'refuse', id, '--reason', '誤り')).rejects.toMatchObject({ code: 'SET-005' })
    expect((await koki('option', 'list', '--on', '2026-08-15')).text).toContain('3か月  2026-08-15から')
    await expect(
      koki('option', 'propose', '5-2-tokusoku', 'slipIncludesEntaikin', 'true', ...words, '--user', 'kansa'),
    ).rejects.toMatchObject({ code: 'AUTH-002' })

    expect((await koki('user', 'add', 'shin.nin', '--name', '新任 花子', '--kana', 'シンニン ハナコ')).code).toBe(0)
    const role = ['--from', '2026-08-14', '--reason', '人事異動']
    await expect(koki('user', 'grant', 'kanri', 'kansa', ...role)).rejects.toMatchObject({ code: 'USER-001' })
    await expect(koki('user', 'grant', 'nobody', 'kansa', ...role)).rejects.toMatchObject({ code: 'USER-003' })
    const granted = await koki('user', 'grant', 'shin.nin', 'kakaricho', ...role)
    const [, roleId = ''] = /^役割 (\d+) を与えました$/.exec(granted.text) ?? []
    expect((await koki('user', 'list')).text).toContain(`役割 ${roleId} 係長 2026-08-14から(確認待ち)`)
    await expect(koki('user', 'approve', roleId, '--user', 'kanri')).rejects.toMatchObject({ code: 'USER-002' })
    expect((await koki('user', 'approve', roleId)).text).toBe('認めました')
    expect((await koki('user', 'end', roleId, '--on', '2026-08-31', '--reason', '任期')).text).toBe('終えました')
    expect((await koki('user', 'list')).text).toContain(`役割 ${roleId} 係長 2026-08-14から2026-08-31`)
    expect((await koki('user', 'stop', 'shin.nin', '--reason', '退職')).text).toBe('shin.nin を止めました')
    expect((await koki('user', 'grant', 'shin.nin')).code).toBe(2)
  })

  it('audit verify checks the database, and a file without any server', async () => {
    const sealer = startSealer(api.office.db, api.office.clock, () => undefined, { everyMs: 3_600_000 })
    await sealer.sealNow()
    await sealer.stop()
    const sound = await koki('audit', 'verify')
    expect(sound).toMatchObject({ code: 0 })
    expect(sound.text).toMatch(/^記録は改ざんされていません\(\d+件\)。$/)
    const path = join(api.office.folder, 'journal.jsonl')
    let text = ''
    for await (const line of exportJournal(api.office.db, api.office.clock, { from: null, to: null })) text += line
    writeFileSync(path, text)
    const offline = context({ database: () => Promise.reject(new Error('no server')) })
    printed.length = 0
    expect(await runKoki(['audit', 'verify', '--file', path], offline)).toBe(0)
    writeFileSync(path, readFileSync(path, 'utf8').replace('"kansa', '"kansb').replace('R8-52-0001', 'R8-52-0002'))
    printed.length = 0
    expect(await runKoki(['audit', 'verify', '--file', path], offline)).toBe(1)
    expect(printed.join('\n')).toMatch(/× 封印 \d+\(記録 \d+\): 記録の内容が封印したときと違います。/)
  })

  it('engine status says that nobody has spoken yet', async () => {
    const { code, text } = await koki('engine', 'status')
    expect(code).toBe(1)
    expect(text).toContain('エンジンからまだ何も届いていません')
    expect(text).toContain('止まった工程 0件')
  })
})

describe('koki doctor', () => {
  const said = async (): Promise<string[]> => {
    printed.length = 0
    await runKoki(['doctor'], context({ isSample: false, api: () => Promise.reject(new Error('nobody acts here')) }))
    return printed.filter((line) => /画面とAPI|最後の控え/.test(line))
  }
  it('looks at an office of its own without acting as anybody in it', { timeout: 60_000 }, async () => {
    const { db, clock, folder } = api.office
    await api.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = api.app.server.address() as { port: number } // it listens by TCP
    const data = dataFolder({ KOKI_DATA: folder })
    const lock = takeStartLock(data)
    writeFileSync(data.running, JSON.stringify({ url: `http://127.0.0.1:${port}` }))
    try {
      expect(await said()).toEqual([
        '× 画面とAPI: エンジンの記録: 届いていません',
        expect.stringContaining('まだありません'),
      ])
      const now = new Date().toISOString()
      await db.run(
        `insert into engine_heartbeat (sent_number, sent_at, seen_number, seen_at, seen_sent_at) values (1, $1, 1, $1, $1)
         on conflict (one) do update set seen_sent_at = excluded.seen_sent_at`,
        [now],
      )
      const hoursAgo = new Date(Date.now() - 40 * 3_600_000).toISOString()
      await db.run(
        `insert into backups (cause, started_at, finished_at, byte_size, sha256) values ('asked', $1, $1, 1, 'x')`,
        [hoursAgo],
      )
      expect(await said()).toEqual([
        '○ 画面とAPI: 応答あり、エンジンの記録は最新',
        '× 最後の控え: 40時間前です。次にすること: koki backup で取ってください。',
      ])
      await raiseAlarm(db, clock, 'disk-low', '')
      expect((await said())[0]).toMatch(/^× 画面とAPI: ディスクの空き容量が少なくなっています。次にすること: /)
    } finally {
      lock.release()
    }
  })
})
