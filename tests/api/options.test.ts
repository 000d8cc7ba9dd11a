import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { instalment, insured, loadRows, person } from '#tests/support/office-facts.ts'
import { untranslated } from '#tests/support/untranslated.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// 設定 → 条例等. The test's day is 2026-08-14; one instalment with 納期限 2026-07-31.
let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
  await loadRows(api.office, 'atena', [person(1)])
  await loadRows(api.office, 'hihokensha', [insured(1)])
  await loadRows(api.office, 'kiwari', [instalment(1)])
})
afterAll(async () => {
  await api.close()
})

const PATH = '/api/settings/options/5-2-tokusoku'
const propose = (as: Login, name: string, value: unknown, validFrom = '2026-08-01') =>
  api.call(as, 'POST', `${PATH}/${name}`, { value, validFrom, legalSource: '条例第9条', reason: '条例の改正' })
const act = (as: Login, id: string, what: 'enforce' | 'refuse') =>
  api.call(
    as,
    'POST',
    `/api/settings/option-changes/${id}/${what}`,
    what === 'refuse' ? { reason: '日付の誤り' } : undefined,
  )
const codeOf = (reply: { json(): { code: string }; statusCode: number }) => [reply.statusCode, reply.json().code]
const infoOf = async (name: string, on?: string) =>
  (await api.call('gyomu', 'GET', `/api/settings/options${on ? `?on=${on}` : ''}`))
    .json<{ items: { name: string }[] }>()
    .items.find((one) => one.name === name)
const detailOf = async (as: Login, name: string) =>
  (await api.call(as, 'GET', `${PATH}/${name}`)).json<Record<string, unknown>>()
const optionEvents = () =>
  api.office.db.rows<{ kind: string; actor: string; payload: object }>(
    `select kind, actor, payload::jsonb -> 'payload' as payload from audit_events where kind like 'option-%' order by id`,
  )

describe('the list', () => {
  it('has every option of the catalogue with its default, basis and where it comes from', async () => {
    const { items } = (await api.call('tantou', 'GET', '/api/settings/options')).json<{ items: { name: string }[] }>()
    expect(items.map(({ name }) => name)).toEqual(Object.keys(tokusoku.optionDefinitions ?? {}))
    expect(await infoOf('lowMonths')).toMatchObject({
      label: '延滞金の低率期間',
      basis: '納期限',
      valueText: '1か月',
      validFrom: null,
      choices: [
        { value: '1', label: '1か月' },
        { value: '3', label: '3か月' },
      ],
      isUnconfirmed: false,
    })
    expect(await infoOf('partPaidAt004')).toMatchObject({ valueText: '引抜く', isUnconfirmed: true })
  })
})

describe('a change', () => {
  it('counts only when another person has put it in force, from its day on; an open run keeps what it had', async () => {
    const { runId } = (
      await api.call('tantou', 'POST', '/api/runs', { flow: '5-2-tokusoku', params: { dueOn: '2026-07-31' } })
    ).json<{ runId: string }>()
    const pinned = () =>
      api.office.db.one<{ options: object; variables: object }>(`select options, variables from runs where id = $1`, [
        runId,
      ])
    const before = await pinned()

    const { id } = (await propose('tantou2', 'designatedDays', 14)).json<{ id: string }>()
    expect(await infoOf('designatedDays')).toMatchObject({
      valueText: '10日',
      waiting: { valueText: '14日', validFrom: '2026-08-01' },
    })
    expect(codeOf(await act('tantou2', id, 'enforce'))).toEqual([403, 'AUTH-002'])
    const seen = await detailOf('kakaricho', 'designatedDays')
    expect(seen).toMatchObject({
      canEnforce: true,
      enforceRefusal: null,
      impact: {
        openRunCount: 1,
        openRuns: [{ runId, number: 'R8-52-0001', value: '10日' }],
        affectedInstalments: null,
        examples: [
          { day: '2026-07-31', before: '10日', after: '10日' },
          { day: '2026-08-01', before: '10日', after: '14日' },
        ],
      },
    })
    expect((await act('kakaricho', id, 'enforce')).statusCode).toBe(200)
    expect(await infoOf('designatedDays')).toMatchObject({
      valueText: '14日',
      validFrom: '2026-08-01',
      waiting: null,
      source: '条例第9条',
    })
    expect(await infoOf('designatedDays', '2026-07-31')).toMatchObject({
      valueText: '10日',
      validFrom: null,
      next: { valueText: '14日', validFrom: '2026-08-01' },
    })
    expect(await pinned()).toEqual(before)
    expect(before.variables).toMatchObject({ issueOn: '2026-08-20', designatedOn: '2026-08-31' })
    const defaults = (
      await api.call('tantou', 'GET', '/api/flows/5-2-tokusoku/defaults?dueOn=2026-07-31')
    ).json<object>()
    expect(defaults).toMatchObject({ params: { issueOn: '2026-08-20', derived: { designatedOn: '2026-09-03' } } }) // 8/20 + 14
    expect(await detailOf('kakaricho', 'designatedDays')).toMatchObject({
      impact: { openRuns: [{ value: '10日' }], examples: [] },
      history: [
        { state: 'inForce', valueText: '14日', decidedBy: '工藤 真', enforcedBy: '佐伯 修', reason: '条例の改正' },
      ],
    })
    expect(await optionEvents()).toEqual([
      {
        kind: 'option-proposed',
        actor: 'tantou2',
        payload: {
          title: '指定期限までの日数',
          validFrom: '2026-08-01',
          before: { value: '10日' },
          after: { value: '14日', validFrom: '2026-08-01', legalSource: '条例第9条' },
          reason: '条例の改正',
        },
      },
      {
        kind: 'option-enforced',
        actor: 'kakaricho',
        payload: {
          title: '指定期限までの日数',
          validFrom: '2026-08-01',
          before: { value: '10日' },
          after: { value: '14日', validFrom: '2026-08-01' },
          reason: '条例の改正',
        },
      },
    ])
  })

  it('is not put in force by who proposed it, on any road; the attempt is recorded', async () => {
    const { id } = (await propose('kakaricho', 'feeYen', 100, '2027-04-01')).json<{ id: string }>()
    expect(codeOf(await act('kakaricho', id, 'enforce'))).toEqual([403, 'SET-001'])
    expect(
      await api.office.db.one(
        `select payload::jsonb -> 'payload' as said from audit_events where kind = 'refused' order by id desc limit 1`,
      ),
    ).toEqual({
      said: {
        code: 'SET-001',
        act: 'POST /api/settings/option-changes/:changeId/enforce',
        what: '条例等の設定の変更を二人目として施行する',
      },
    })
    expect(await detailOf('kakaricho', 'feeYen')).toMatchObject({
      canEnforce: false,
      enforceRefusal: '変更を出した人は施行できません。',
      impact: { affectedInstalments: 0 },
    })
    await expect(
      api.office.db.run(
        `update ordinance_options set put_in_force_by = decided_by, put_in_force_at = recorded_at where id = $1`,
        [id],
      ),
    ).rejects.toThrow(/one person|ordinance_options_check/)
    expect((await act('kakaricho2', id, 'enforce')).statusCode).toBe(200)
    expect(codeOf(await act('kakaricho2', id, 'enforce'))).toEqual([409, 'SET-005'])
  })

  it('waits alone: a second one for the same option is refused until it is decided', async () => {
    const { id } = (await propose('tantou', 'lowMonths', 3, '2026-07-31')).json<{ id: string }>()
    expect(codeOf(await propose('tantou2', 'lowMonths', 3, '2027-05-01'))).toEqual([409, 'SET-002'])
    expect(await detailOf('tantou', 'lowMonths')).toMatchObject({ canRefuse: true, impact: { affectedInstalments: 1 } })
    expect(codeOf(await act('tantou2', id, 'refuse'))).toEqual([403, 'AUTH-002'])
    expect((await act('tantou', id, 'refuse')).statusCode).toBe(200)
    expect(await detailOf('tantou', 'lowMonths')).toMatchObject({
      valueText: '1か月',
      waiting: null,
      history: [{ state: 'refused', refusedBy: '三枝 みのり', refusedWhy: '日付の誤り' }],
    })
    expect((await propose('tantou2', 'lowMonths', 3, '2027-05-01')).statusCode).toBe(201)
  })

  it('of a rate is for its calendar year alone, and said in percent', async () => {
    const { id } = (await propose('tantou2', 'entaikinRates', 19, '2027-01-01')).json<{ id: string }>()
    expect(await detailOf('kakaricho', 'entaikinRates')).toMatchObject({
      basis: '暦年',
      type: 'percent',
      unit: '%',
      valueText: '1.8%(組込み)',
      waiting: { valueText: '1.9%' },
      impact: {
        examples: [
          { day: '2026-12-31', before: '1.8%(組込み)', after: '1.8%(組込み)' },
          { day: '2027-01-01', before: '未登録', after: '1.9%' },
        ],
      },
    })
    expect((await act('kakaricho', id, 'enforce')).statusCode).toBe(200)
    expect(await infoOf('entaikinRates', '2027-12-31')).toMatchObject({ valueText: '1.9%', validFrom: '2027-01-01' })
    expect(await infoOf('entaikinRates', '2028-01-01')).toMatchObject({ valueText: '未登録', validFrom: null })
  })

  it.each([
    ['lowMonths2', 3, [404, 'SET-004']],
    ['minUnpaidYen', 10_001, [422, 'SET-003']],
    ['minUnpaidYen', '1000', [422, 'SET-003']],
    ['entaikinRates', 74, [422, 'SET-003']],
    ['slipDeadline', 'tomorrow', [422, 'SET-003']],
    ['slipIncludesEntaikin', false, [409, 'SET-006']],
  ])('of %s to %s is refused', async (name, value, expected) => {
    expect(codeOf(await propose('tantou', name, value))).toEqual(expected)
  })

  it('by a deputy of the proposer is a change by the proposer', async () => {
    const { id } = (await propose('kakaricho', 'highAmountYen', 50_000)).json<{ id: string }>()
    await api.office.db.run(
      `insert into deputies (absent_user_id, deputy_user_id, from_on, to_on, reason, recorded_by, recorded_at, approved_by, approved_at)
       select a.id, d.id, '2026-08-14', '2026-08-14', '休暇', a.id, $1, p.id, $1 from users a, users d, users p
       where a.login = 'kakaricho' and d.login = 'kakaricho2' and p.login = 'kanri'`,
      [api.office.clock.now()],
    )
    expect(codeOf(await act('kakaricho2', id, 'enforce'))).toEqual([403, 'SET-001'])
    api.office.clock.set('2026-08-15T00:00:00.000Z')
    expect((await act('kakaricho2', id, 'enforce')).statusCode).toBe(200)
  })
})

describe('the records of all this', () => {
  it('are in Japanese: names and values', async () => {
    expect(await untranslated(api)).toEqual([])
  })
})
