import { whyOf } from '#audit/changes.ts'
import { describeEvent } from '#audit/describe.ts'
import { describe, expect, it } from 'vitest'

const step = '5-2-tokusoku/002-confirm-delinquents'
const said = (kind: string, payload: Readonly<Record<string, unknown>>): string => describeEvent(kind, payload).summary

describe('a code in the journal', () => {
  it('given a reason of the list, then the sentence and 理由 say its word', () => {
    const payload = { step, action: 'exclude', count: 1, reason: 'T15', note: '8月に充当' }
    expect(said('rows-marked', payload)).toBe('1件を除外した(充当予定)')
    expect(whyOf(payload)).toBe('充当予定 8月に充当')
  })

  it('given a reason of a 返戻, which names no step, then its word', () => {
    expect(said('letter-returned', { returnId: '1', reason: 'R2' })).toBe('返戻を登録した(転居先不明)')
    expect(said('return-ended', { returnId: '1', reason: 'Z1' })).toBe('返戻の調査を終えた(完納)')
  })

  it('given words that a person typed, then these', () => {
    expect(whyOf({ reason: '本人来庁のため' })).toBe('本人来庁のため')
    expect(whyOf({ step, reason: null, note: '' })).toBeNull()
  })

  it('given a refusal, then what was tried and why not; of an older record its address', () => {
    const route = 'POST /api/insured/:insuredId/disclose'
    const what = '伏せた項目を理由を書いて開く'
    expect(said('refused', { code: 'AUTH-002', act: route, what })).toBe(
      '断られた:伏せた項目を理由を書いて開く。この操作をする権限がありません。(AUTH-002)',
    )
    expect(said('refused', { code: 'AUTH-002', act: route })).toContain(route)
    expect(said('refused', { code: 'F52-06', act: 'release' })).toBe(
      '断られた:二人目の確認。要確認が…件残っています。対象か除外かを決めてください。(F52-06)',
    )
  })

  it('given E2, then 発送 is what was allowed, for nothing has gone out yet', () => {
    expect(said('step-done', { step: '5-2-tokusoku/e2', output: { releasedCount: 547, pulledCount: 3 } })).toBe(
      '工程が終わった(発送を認めた547、引抜き3)',
    )
  })
})
