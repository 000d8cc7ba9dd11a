import { plainDateOf } from '#kernel/plain-date.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import type { ReturnedLetters } from '#runtime/returned-letters.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { readPdf } from '../../notices/read-pdf.ts'
import { clerksOf, type Clerks } from '../../support/clerks.ts'
import { atenaOf, dispatchedRun, slipOf, type DispatchedRun } from '../../support/dispatched-run.ts'
import { openTestOffice, type TestOffice } from '../../support/intake.ts'
import { KEY, loadRows, person, receipt } from '../../support/office-facts.ts'
import { stepBench, type StepBench } from '../../support/step-bench.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const d = plainDateOf
const day = (text: string): string => `${text}T01:00:00.000Z`

/** 返戻 afterwards (sheet 5.2, 007): base run of §8, letters of 2026-08-20 with 指定期限 8/31. Each act is done twice. */
describe('a letter that comes back', () => {
  let office: TestOffice
  let bench: StepBench
  let clerks: Clerks
  let run: DispatchedRun
  let acts: ReturnedLetters

  beforeAll(async () => {
    office = await openTestOffice('2026-08-14T00:00:00.000Z')
    bench = await stepBench(office, [tokusoku])
    clerks = await clerksOf(office, bench)
    if (!tokusoku.returnedLetters) throw new Error('no returns')
    acts = tokusoku.returnedLetters
    // given: 1 moved · 2 posted · 3 pays · 4 dies · 5 pays a part · 6 under 抑止 · 7 back already at 007 · 8 stays put
    run = await dispatchedRun(office, bench, clerks, {
      people: [1, 2, 3, 4, 5, 6, 7, 8],
      guarded: [6],
      returns: [{ person: 7, returnedOn: d('2026-08-20'), reason: 'R3' }],
    })
  })
  afterAll(() => office.close())

  const record = async (
    n: number,
    returnedOn: string,
    reason: 'R1' | 'R2' | 'R3' | 'R5',
    user: TaskUser = clerks.tantou,
  ) =>
    acts.record(bench.deps, {
      noticeId: await run.noticeOf(n),
      returnedOn: d(returnedOn),
      reason,
      note: null,
      user,
    })
  const act = async (returnId: bigint, note: string | null = null, user: TaskUser = clerks.tantou) => {
    const { number } = await office.db.one<{ number: number }>(
      `select max(number) as number from returned_letter_steps where returned_letter_id = $1`,
      [returnId],
    )
    return { returnId, step: number, note, user }
  }
  const twice = async (work: () => Promise<void>): Promise<void> => {
    await work()
    await work()
  }
  const steps = (returnId: bigint) =>
    office.db.rows(
      `select state, acted_on as "on", designated_on as designated, served_on as served, seizable_from as seizable
       from returned_letter_steps where returned_letter_id = $1 order by number`,
      [returnId],
    )
  const history = async (n: number) =>
    office.db.one(
      `select issued_on as issued, designated_on as designated, seizable_from as seizable from tokusoku_history
       where notice_id = $1`,
      [await run.noticeOf(n)],
    )
  const lastResent = (returnId: bigint) =>
    office.db.one<{ id: string; reissue: number; unpaid: bigint; individual: boolean; view: string }>(
      `select id, reissue_no as reissue, unpaid_yen as unpaid, is_individual as individual, view from resent_letters
       where returned_letter_id = $1 order by step_number desc limit 1`,
      [returnId],
    )
  const events = async (kind: string): Promise<unknown[]> =>
    (
      await office.db.rows<{ payload: string }>(`select payload from audit_events where kind = $1 order by id`, [kind])
    ).map(({ payload }) => (JSON.parse(payload) as { payload: unknown }).payload)

  test('is not served: no 差押え until it is; the same return once more is the same case', async () => {
    expect(await history(1)).toEqual({ issued: '2026-08-20', designated: '2026-08-31', seizable: '2026-09-01' })
    office.clock.set(day('2026-08-28'))
    // when
    const first = await record(1, '2026-08-28', 'R2')
    const again = await record(1, '2026-08-28', 'R2')
    // then
    expect(again).toBe(first)
    expect(await steps(first)).toEqual([
      { state: '居所調査', on: '2026-08-28', designated: null, served: null, seizable: null },
    ])
    expect(await history(1)).toMatchObject({ designated: '2026-08-31', seizable: null })
    await expect(record(1, '2026-08-27', 'R2')).rejects.toMatchObject({ code: 'F52-22' })
    expect((await events('letter-returned')).at(-1)).toMatchObject({ reason: 'R2', to: '居所調査', seizableFrom: null })
  })

  test('that was known at 007 is a case as well', async () => {
    const found = await office.db.one<{ id: bigint; reason: string }>(
      `select id, reason from returned_letters where notice_id = $1`,
      [await run.noticeOf(7)],
    )
    expect(found.reason).toBe('R3')
    expect(await history(7)).toMatchObject({ seizable: null })
  })

  test('needs a day between the sending and today', async () => {
    for (const returnedOn of ['2026-08-19', '2026-08-29'])
      await expect(record(2, returnedOn, 'R1')).rejects.toMatchObject({ code: 'TASK-010' })
  })

  test('goes to the new address with a new 指定期限 and a new slip, once', async () => {
    // given: the printed 指定期限 8/31 has passed; the person has moved
    const returnId = await record(1, '2026-08-28', 'R2')
    office.clock.set(day('2026-09-10'))
    const before = await act(returnId)
    const request = { ...before, resentOn: d('2026-09-10'), isSameAddressConfirmed: false }
    await expect(acts.resend(bench.deps, request)).rejects.toMatchObject({ code: 'F52-25' })
    await loadRows(office, 'atena', [person(1, { 住所: 'みほん市北9丁目' })])
    expect(await acts.plan(bench.deps, office.db, returnId, clerks.tantou)).toEqual({
      resentOn: '2026-09-10',
      designatedOn: '2026-09-24',
      isNewSlip: true,
      printedYen: 12_300n,
      unpaidYen: 12_300n,
      isSameAddressee: false,
      refusal: null,
    })
    // when
    await twice(() => acts.resend(bench.deps, request))
    // then: #17 gives 9/24, so 差押え可能日 9/25; one history row, one letter
    expect((await steps(returnId)).at(-1)).toEqual({
      state: '再発送',
      on: '2026-09-10',
      designated: '2026-09-24',
      served: '2026-09-10',
      seizable: '2026-09-25',
    })
    expect(await steps(returnId)).toHaveLength(2)
    expect(await history(1)).toEqual({ issued: '2026-08-20', designated: '2026-08-31', seizable: '2026-09-25' })
    const letter = await lastResent(returnId)
    expect(letter).toMatchObject({ reissue: 2, unpaid: 12_300n, individual: false })
    const opened = await tokusoku.openDocument?.(bench.deps, `resend-${letter.id}`)
    const text = (await readPdf(opened?.pdf ?? Buffer.alloc(0))).pages[0]?.text
    expect(text).toContain('みほん市北9丁目')
    expect(text).toContain('令和8年9月24日')
    expect(text).not.toContain('みほん市中央1丁目')
    await expect(acts.resend(bench.deps, { ...request, note: '別の依頼' })).rejects.toMatchObject({ code: 'F52-29' })
  })

  test('is not handed out once something changed, is withdrawn, and made again', async () => {
    const returnId = await record(1, '2026-08-28', 'R2')
    const { id } = await lastResent(returnId)
    await loadRows(office, 'shuno', [receipt({ ...KEY, ...slipOf(1), 収納額: 2_300, 領収日: '2026-09-09' })])
    const open = () => tokusoku.openDocument?.(bench.deps, `resend-${id}`)
    await expect(open()).rejects.toMatchObject({ code: 'F52-28' })
    const withdrawal = await act(returnId)
    await twice(() => acts.withdraw(bench.deps, withdrawal))
    expect((await steps(returnId)).map(({ state }: { state?: string }) => state)).toEqual([
      '居所調査',
      '再発送',
      '居所調査',
    ])
    expect(await history(1)).toMatchObject({ seizable: null })
    // when
    await acts.resend(bench.deps, {
      ...(await act(returnId)),
      resentOn: d('2026-09-11'),
      isSameAddressConfirmed: false,
    })
    // then: what is owed now, and a slip number no paper has borne
    expect(await lastResent(returnId)).toMatchObject({ reissue: 3, unpaid: 10_000n })
    expect(await history(1)).toMatchObject({ seizable: '2026-09-25' })
    await expect(open()).rejects.toMatchObject({ code: 'F52-28' })
  })

  test('may come back again: a case of its own', async () => {
    office.clock.set(day('2026-09-16'))
    await expect(record(1, '2026-09-10', 'R1')).rejects.toMatchObject({ code: 'TASK-010' }) // the day before it left
    const second = await record(1, '2026-09-16', 'R1')
    expect(await office.db.one(`select delivery from returned_letters where id = $1`, [second])).toEqual({
      delivery: 1,
    })
    await expect(
      acts.resend(bench.deps, { ...(await act(second)), resentOn: d('2026-09-16'), isSameAddressConfirmed: false }),
    ).rejects.toMatchObject({ code: 'F52-25' })
  })

  test('is posted at the board and served seven days later', async () => {
    const returnId = await record(2, '2026-08-31', 'R1')
    const note = await act(returnId, '住民票の写しを取り寄せた')
    await twice(() => acts.note(bench.deps, note))
    const request = { ...(await act(returnId)), postedOn: d('2026-09-16') }
    await expect(acts.post(bench.deps, { ...request, postedOn: d('2026-09-17') })).rejects.toMatchObject({
      code: 'TASK-010',
    })
    await twice(() => acts.post(bench.deps, request))
    expect((await steps(returnId)).slice(1)).toEqual([
      { state: '居所調査', on: '2026-09-16', designated: null, served: null, seizable: null },
      { state: '公示送達', on: '2026-09-16', designated: '2026-08-31', served: '2026-09-23', seizable: '2026-10-04' },
    ])
    expect(await history(2)).toEqual({ issued: '2026-08-20', designated: '2026-08-31', seizable: '2026-10-04' })
    await expect(record(2, '2026-09-15', 'R1')).rejects.toMatchObject({ code: 'F52-22' })
    expect(JSON.stringify(await events('return-noted'))).not.toContain('住民票')
  })

  test('of somebody who has paid is not sent again', async () => {
    const returnId = await record(3, '2026-08-31', 'R1')
    const end = await act(returnId)
    await expect(acts.end(bench.deps, { ...end, reason: 'Z1' })).rejects.toMatchObject({ code: 'TASK-010' })
    await loadRows(office, 'shuno', [receipt({ ...KEY, ...slipOf(3), 領収日: '2026-09-01' })])
    expect(await acts.plan(bench.deps, office.db, returnId, clerks.tantou)).toMatchObject({
      refusal: { code: 'F52-23' },
    })
    await expect(
      acts.resend(bench.deps, { ...end, resentOn: d('2026-09-16'), isSameAddressConfirmed: false }),
    ).rejects.toMatchObject({ code: 'F52-23' })
    await expect(acts.post(bench.deps, { ...end, postedOn: d('2026-09-16') })).rejects.toMatchObject({ code: 'F52-23' })
    await twice(() => acts.end(bench.deps, { ...end, reason: 'Z1' }))
    expect((await steps(returnId)).at(-1)).toMatchObject({ state: '調査終了', seizable: null })
  })

  test('of a dead person waits for the heirs, and goes to 相続人代表', async () => {
    const returnId = await record(4, '2026-08-31', 'R5')
    expect((await steps(returnId))[0]).toMatchObject({ state: '相続人調査' })
    const request = async () => ({ ...(await act(returnId)), resentOn: d('2026-09-16'), isSameAddressConfirmed: false })
    await expect(acts.resend(bench.deps, await request())).rejects.toMatchObject({
      code: 'F52-24',
      params: { reason: '相続人代表者なし' },
    })
    await expect(acts.post(bench.deps, { ...(await act(returnId)), postedOn: d('2026-09-16') })).rejects.toMatchObject({
      code: 'F52-24',
    })
    await loadRows(office, 'atena', [person(4, { 死亡日: '2026-08-18' })])
    await loadRows(office, 'soufusaki', [
      {
        宛名番号: atenaOf(4),
        送付先区分: '相続人代表',
        氏名: '見本 相続',
        郵便番号: '0000055',
        住所: 'みほん市西5丁目',
        開始日: '2026-09-15',
      },
    ])
    await acts.resend(bench.deps, await request())
    const { view } = await lastResent(returnId)
    expect(view).toContain('見本 相続')
    expect(view).toContain('相続人代表者')
  })

  test('shows the balance of the day after a part payment', async () => {
    const returnId = await record(5, '2026-08-31', 'R3')
    await loadRows(office, 'shuno', [receipt({ ...KEY, ...slipOf(5), 収納額: 5_000, 領収日: '2026-09-02' })])
    expect(await acts.plan(bench.deps, office.db, returnId, clerks.tantou)).toMatchObject({
      printedYen: 12_300n,
      unpaidYen: 7_300n,
      isNewSlip: true,
      isSameAddressee: true,
    })
    await acts.resend(bench.deps, {
      ...(await act(returnId)),
      resentOn: d('2026-09-16'),
      isSameAddressConfirmed: false,
    })
    expect(await lastResent(returnId)).toMatchObject({ unpaid: 7_300n, reissue: 2 })
  })

  test('of a person under 抑止: a 係長 re-sends to the 送付先 only, and nobody posts it alone', async () => {
    const returnId = await record(6, '2026-08-31', 'R1', clerks.kakaricho)
    const { kakaricho, kakaricho2, tantou } = clerks
    const resend = async (user: TaskUser) => ({
      ...(await act(returnId, '電話で送付先を確かめた', user)),
      resentOn: d('2026-09-16'),
      isSameAddressConfirmed: true,
    })
    await expect(acts.resend(bench.deps, await resend(tantou))).rejects.toMatchObject({ code: 'F52-26' })
    for (const user of [tantou, kakaricho]) {
      const request = { ...(await act(returnId, '居所が分かりません', user)), postedOn: d('2026-09-16') }
      await expect(acts.post(bench.deps, request)).rejects.toMatchObject({ code: 'F52-27' })
    }
    await acts.resend(bench.deps, await resend(kakaricho2))
    const letter = await lastResent(returnId)
    expect(letter.individual).toBe(true)
    expect(letter.view).toContain('みほん市支援センター気付')
    expect(letter.view).not.toContain('みほん市中央6丁目')
    const opened = await tokusoku.openDocument?.(bench.deps, `resend-${letter.id}`)
    expect(opened?.isGuarded).toBe(true)
    // 返戻の記録 of a protected person is itself protected (sheet 1.1 §2.2): not in the journal
    expect((await events('letter-returned')).at(-1)).toMatchObject({ reason: null, on: null })
  })

  test('under 抑止 since the letter was re-sent opens for nobody', async () => {
    const returnId = await record(5, '2026-08-31', 'R3')
    await loadRows(office, 'yokushi', [{ 宛名番号: atenaOf(5), 措置区分: '仮', 開始日: '2026-09-16' }])
    const { id } = await lastResent(returnId)
    await expect(tokusoku.openDocument?.(bench.deps, `resend-${id}`)).rejects.toMatchObject({ code: 'F52-20' })
  })

  test('needs a letter that was dispatched', async () => {
    const noticeId = await run.noticeOf(8)
    await office.db.run(`update notices set state = 'pulled' where id = $1`, [noticeId])
    const letter = { noticeId, returnedOn: d('2026-09-01'), reason: 'R1', note: null, user: clerks.tantou } as const
    await expect(acts.record(bench.deps, letter)).rejects.toMatchObject({ code: 'F52-21' })
  })

  test('leaves rows that nobody can change', async () => {
    for (const table of ['returned_letters', 'returned_letter_steps', 'resent_letters'])
      await expect(office.db.run(`delete from ${table}`)).rejects.toThrow('permission denied')
  })
})
