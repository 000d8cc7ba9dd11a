import { SHISAN } from '#rules/shisan/index.ts'
import { allNationalHolidays } from '#db/calendar.ts'
import { LOGINS, openTestApi, type TestApi } from '#tests/support/api.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(async () => {
  await api.close()
})

const events = async () =>
  (await api.office.db.one<{ count: bigint }>(`select count(*) as count from audit_events`)).count

describe('試算 by the API', () => {
  it('lists every 試算 with its schemas', async () => {
    const { items } = (await api.call('kansa', 'GET', '/api/shisan')).json<{ items: { name: string }[] }>()
    expect(items.map(({ name }) => name)).toEqual(SHISAN.map(({ name }) => name))
    expect(items.find(({ name }) => name === 'kiwari')).toMatchObject({
      term: '期割',
      input: { required: ['amountYen', 'periods'], properties: { periods: { title: '期数', 'x-unit': '期' } } },
    })
  })

  it.each(LOGINS)('computes and explains for %s, and records nothing', async (login) => {
    await api.call(login, 'GET', '/api/shisan') // the token of this test is an event
    const before = await events()
    const reply = await api.call(login, 'POST', '/api/shisan/kiwari', { amountYen: 6000, periods: 4 })
    expect(reply.json()).toMatchObject({
      output: { instalmentsYen: [1500, 1500, 1500, 1500] },
      lines: [{ label: '2期から後の額', value: '1,500円' }, { label: '第1期の額' }],
    })
    expect(await events()).toBe(before)
  })

  it('gives what the rule gives, for the first example of each', async () => {
    const holidays = allNationalHolidays()
    for (const { name, examples, compute } of SHISAN) {
      const input = examples.find((one) => 'expected' in one)?.input ?? {}
      const computed = compute(input, holidays)
      const reply = await api.call('tantou', 'POST', `/api/shisan/${name}`, input)
      expect([name, reply.json()]).toEqual([name, computed.ok && computed.value])
    }
  })

  it('names the field that is wrong', async () => {
    const reply = await api.call('tantou', 'POST', '/api/shisan/kiwari', { amountYen: 1, periods: 13, unit: 1 })
    expect(reply.json()).toMatchObject({
      status: 400,
      code: 'REQ-001',
      errors: [
        { path: 'body/unit', message: 'この項目はありません。' },
        { path: 'body/periods', message: '12以下にしてください。' },
      ],
    })
    expect((await api.call('tantou', 'POST', '/api/shisan/none', {})).json()).toMatchObject({ code: 'REQ-002' })
  })
})
