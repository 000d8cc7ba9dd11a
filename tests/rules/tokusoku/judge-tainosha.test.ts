import { describe, expect, it } from 'vitest'
import { judgeTainosha, type TainoshaCase } from '#rules/tokusoku/judge-tainosha.ts'

const released: TainoshaCase = {
  verdict: '対象',
  reason: null,
  notice: { state: 'released', isIndividual: false },
  unpaidYen: 12_300n,
  decision: null,
}
const none = (reason: string | null): TainoshaCase['notice'] => ({ state: 'none', reason })
const yuyo: TainoshaCase = { ...released, verdict: '除外', reason: 'A01', notice: none(null) }
const individual: TainoshaCase = { ...released, notice: { state: 'released', isIndividual: true } }
const judge = (kase: TainoshaCase, tainoshaIncludesYuyo = true) => judgeTainosha(kase, { tainoshaIncludesYuyo })

const left = (reason: string | null) => ({ section: '非送付', status: null, verdict: '除外', reason })

// sheet 5.2, 005
describe('滞納者情報の判定', () => {
  it.each<[string, TainoshaCase, object]>([
    ['dunned and owing', released, { section: '送付', status: '督促', verdict: '対象', reason: null }],
    ['paid since the release', { ...released, unpaidYen: 0n }, left('送付前完納')],
    ['under 徴収猶予', yuyo, { section: '送付', status: '猶予', verdict: '対象', reason: null }],
    ['under 徴収猶予, and paid', { ...yuyo, unpaidYen: 0n }, left('送付前完納')],
    ['excluded for another reason', { ...yuyo, reason: 'A02' }, left('A02')],
    ['要確認 with the code of 猶予 is no exclusion', { ...yuyo, verdict: '要確認' }, left('A01')],
    ['pulled out of the letters', { ...released, notice: none('P01') }, left('P01')],
    ['the reason of the letter before that of the row', { ...yuyo, reason: 'A02', notice: none('P06') }, left('P06')],
    ['no letter and no reason', { ...released, notice: none(null) }, left(null)],
    [
      'protected, not yet decided',
      individual,
      { section: '非送付', status: null, verdict: '要確認', reason: '個別送付' },
    ],
    ['protected, decided not to send', { ...individual, decision: '非送付' }, left('個別送付')],
    [
      'protected, decided to send',
      { ...individual, decision: '送付' },
      { section: '送付', status: '督促', verdict: '対象', reason: null },
    ],
    [
      'a decision without protection changes nothing',
      { ...released, decision: '非送付' },
      { section: '送付', status: '督促', verdict: '対象', reason: null },
    ],
  ])('%s', (_, kase, expected) => {
    expect(judge(kase)).toEqual(expected)
  })

  it('leaves 猶予 out when the option says so', () => {
    expect(judge(yuyo, false)).toEqual(left('A01'))
  })
})
