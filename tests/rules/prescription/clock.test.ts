import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, plainDateOf } from '#kernel/plain-date.ts'
import { runPrescriptionClock } from '#rules/prescription/clock.ts'
import { PRESCRIPTION_EVENTS, type PrescriptionEvent } from '#rules/prescription/events.ts'

const d = plainDateOf
type Kind = PrescriptionEvent['kind']
const run = (dueOn: string, events: readonly (readonly [Kind, string])[]) =>
  runPrescriptionClock(
    d(dueOn),
    events.map(([kind, on]) => ({ kind, on: d(on) })),
    2,
  )
const clock = (dueOn: string, events: readonly (readonly [Kind, string])[]) => {
  const result = run(dueOn, events)
  if (!result.ok) throw new Error(result.error.because)
  return result.value
}
/** Each event as 「what it did」 and the completion after it. */
const story = (dueOn: string, events: readonly (readonly [Kind, string])[]) =>
  clock(dueOn, events).steps.map(({ effect, completesOn }) => [
    effect.kind === '効果なし' ? effect.because : effect.kind,
    completesOn,
  ])

// the printed rows stand in the 試算 jiko; these follow the table of sheet 5.3 §4.1
describe('時効の進行', () => {
  it('only the first 督促 renews', () => {
    expect(
      story('2026-07-31', [
        ['督促', '2026-09-10'],
        ['督促', '2026-12-10'],
      ]),
    ).toEqual([
      ['更新', '2028-09-10'],
      ['demanded-before', '2028-09-10'],
    ])
  })

  it('a 催告 is used up only when it moved the day, and comes back with a renewal', () => {
    expect(
      story('2024-12-27', [
        ['催告', '2025-01-10'],
        ['催告', '2026-11-27'],
        ['催告', '2027-02-26'],
        ['承認', '2027-03-10'],
        ['催告', '2029-03-10'],
      ]),
    ).toEqual([
      ['moves-nothing', '2026-12-27'],
      ['完成猶予', '2027-05-27'],
      ['reminded-before', '2027-05-27'],
      ['更新', '2029-03-10'],
      ['完成猶予', '2029-09-10'],
    ])
  })

  it('a 催告 whose six months end on the very day moves nothing and stays for later', () => {
    expect(
      story('2024-12-27', [
        ['催告', '2026-06-27'],
        ['催告', '2026-06-28'],
      ]),
    ).toEqual([
      ['moves-nothing', '2026-12-27'],
      ['完成猶予', '2026-12-28'],
    ])
  })

  it('nothing revives a claim on the day after its completion; on the day itself it counts', () => {
    expect(story('2024-10-28', [['一部納付', '2026-10-28']])).toEqual([['更新', '2028-10-28']])
    expect(
      story('2024-10-28', [
        ['一部納付', '2026-10-29'],
        ['差押', '2026-11-01'],
        ['差押解除', '2026-12-01'],
      ]),
    ).toEqual([
      ['already-extinct', '2026-10-28'],
      ['already-extinct', '2026-10-28'],
      ['already-extinct', '2026-10-28'],
    ])
  })

  it('does not complete while 猶予 or 差押 lasts, even beyond the day', () => {
    const held = clock('2024-10-28', [
      ['差押', '2026-10-28'],
      ['猶予開始', '2026-12-01'],
      ['差押解除', '2027-01-31'],
    ])
    expect(held.steps.map(({ effect, completesOn }) => [effect.kind, completesOn])).toEqual([
      ['進行停止', null],
      ['進行停止', null],
      ['完成猶予', null],
    ])
    expect(held.completesOn).toBeNull()
    expect(held.firstCompletesOn).toBe('2026-10-28')
    expect(
      clock('2024-10-28', [
        ['差押', '2026-10-28'],
        ['猶予開始', '2026-12-01'],
        ['差押解除', '2027-01-31'],
        ['猶予終了', '2027-03-31'],
      ]).completesOn,
    ).toBe('2029-03-31')
  })

  it('the release of an early seizure leaves the day; 執行停止 lets it run', () => {
    expect(
      story('2026-07-31', [
        ['差押', '2026-10-01'],
        ['差押解除', '2026-11-01'],
        ['執行停止', '2026-11-20'],
      ]),
    ).toEqual([
      ['進行停止', null],
      ['moves-nothing', '2028-07-31'],
      ['runs-on', '2028-07-31'],
    ])
  })

  it('a cancelled seizure is as if it had never been; the one before it stays', () => {
    expect(
      story('2024-10-28', [
        ['差押', '2026-01-10'],
        ['取立', '2026-02-10'],
        ['差押', '2026-09-10'],
        ['差押取消', '2026-12-15'],
      ]),
    ).toEqual([
      ['進行停止', null],
      ['更新', '2028-02-10'],
      ['cancelled', '2028-02-10'],
      ['cancelled', '2028-02-10'],
    ])
  })

  it('a promise before the 納期限 does not bring the day forward', () => {
    expect(story('2026-07-31', [['承認', '2026-06-01']])).toEqual([['更新', '2028-07-31']])
  })

  it.each<[string, readonly (readonly [Kind, string])[], object]>([
    ['an end without beginning', [['取立', '2026-12-20']], { index: 0, because: 'not-begun' }],
    ['a cancellation without seizure', [['差押取消', '2026-12-20']], { index: 0, because: 'not-begun' }],
    [
      'an end that comes before its beginning',
      [
        ['猶予開始', '2026-12-20'],
        ['猶予終了', '2026-11-20'],
      ],
      { index: 1, because: 'not-begun' },
    ],
    [
      'an end of something else',
      [
        ['猶予開始', '2026-11-20'],
        ['差押解除', '2026-12-20'],
      ],
      { index: 1, because: 'not-begun' },
    ],
    [
      'a second beginning',
      [
        ['猶予開始', '2026-11-20'],
        ['猶予開始', '2026-12-20'],
      ],
      { index: 1, because: 'already-begun' },
    ],
  ])('asks for what is missing: %s', (_, events, error) => {
    expect(run('2026-07-31', events)).toMatchObject({ ok: false, error })
  })

  it('takes events in any order; of one day in the given one', () => {
    const given = [
      ['一部納付', '2027-03-10'],
      ['督促', '2026-09-10'],
      ['催告', '2026-11-27'],
    ] as const
    expect(clock('2026-07-31', given)).toEqual(clock('2026-07-31', [given[1], given[2], given[0]]))
    expect(
      story('2026-07-31', [
        ['猶予開始', '2026-09-10'],
        ['猶予終了', '2026-09-10'],
      ]),
    ).toEqual([
      ['進行停止', null],
      ['更新', '2028-09-10'],
    ])
  })

  it('never completes before the two years from the 納期限, and events never bring it forward', () => {
    const due = d('2026-07-31')
    const event = fc.record({
      kind: fc.constantFrom(...PRESCRIPTION_EVENTS),
      on: fc.integer({ min: -60, max: 2000 }).map((days) => addDays(due, days)),
    })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), (events) => {
        const result = runPrescriptionClock(due, events, 2)
        if (!result.ok) return
        let before = '2028-07-31'
        for (const { completesOn } of result.value.steps) {
          if (completesOn === null) continue
          expect(completesOn >= before).toBe(true)
          before = completesOn
        }
      }),
    )
  })
})
