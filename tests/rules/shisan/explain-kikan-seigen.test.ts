import { linesOf } from './lines-of.ts'
import { describe, expect, it } from 'vitest'

const AS_KAIGO =
  '[高齢者医療確保法160条の2。介護の事務連絡(2023年9月8日)と同じに数える〔要確認〕〔出典: 社会保険研究所(介護)〕]'
const BOTH = { firstTokuchoPaidOn: '2024-06-14', firstFuchoDueOn: '2024-07-31' }
const FUCHO = { firstFuchoDueOn: '2024-07-31', decidedOn: '2026-09-01' }

describe('算定の内訳 of 賦課決定の期間制限', () => {
  it('every day that was typed in stands in it, and which one decides', () => {
    expect(linesOf('kikan-seigen', { ...BOTH, acquiredOn: '2024-05-01', decidedOn: '2026-07-20' }, new Set())).toEqual([
      `普通徴収の納期: 条例の最も早い納期限 → 令和6年7月31日 ${AS_KAIGO}`,
      `特別徴収の納期: 最初に特別徴収した 令和6年6月14日 の翌月10日 → 令和6年7月10日 ${AS_KAIGO}`,
      '最初の納期: 普通徴収と特別徴収の両方があるため、早いほうの特別徴収の納期 → 令和6年7月10日 [両方あるときは早いほう〔要確認〕]',
      `資格取得日: 最初の納期 令和6年7月10日 より後ではないため、起算に使わない → 令和6年5月1日 ${AS_KAIGO}`,
      `起算の基になる日: 最初の納期 → 令和6年7月10日 ${AS_KAIGO}`,
      `最後の日: 令和6年7月10日 の翌日から2年 → 令和8年7月10日 ${AS_KAIGO}`,
      '判定: 決定日 令和8年7月20日 は最後の日より後 → 決定できない(期間制限) [高齢者医療確保法160条の2]',
    ])
  })

  it.each([
    [
      { ...BOTH, firstFuchoDueOn: '2024-06-30' },
      '普通徴収と特別徴収の両方があるため、早いほうの普通徴収の納期 → 令和6年6月30日',
    ],
    [{ ...BOTH, firstFuchoDueOn: '2024-07-10' }, '普通徴収も特別徴収も同じ日 → 令和6年7月10日'],
  ])('the earlier of both: %o', (input, line) => {
    expect(linesOf('kikan-seigen', input, new Set())[2]).toBe(`最初の納期: ${line} [両方あるときは早いほう〔要確認〕]`)
  })

  it('who came after the first 納期 has two years from then', () => {
    expect(linesOf('kikan-seigen', { ...FUCHO, acquiredOn: '2024-08-10' }, new Set()).slice(1, 3)).toEqual([
      `資格取得日: 最初の納期 令和6年7月31日 より後 → 令和6年8月10日 ${AS_KAIGO}`,
      `起算の基になる日: 最初の納期 令和6年7月31日 より後に資格を取得したため、その取得日 → 令和6年8月10日 ${AS_KAIGO}`,
    ])
  })

  it.each([
    [
      { isReduction: true },
      'より後。設定「減額の期間制限: 同じに制限する」により、減額の決定も制限する → 決定できない(期間制限) [設定「減額の期間制限: 同じに制限する」〔要確認: 減額も高齢者医療確保法160条の2によるか〕]',
    ],
    [
      { isReduction: true, limitForReductions: 'none' },
      'より後。設定「減額の期間制限: 制限しない」により、減額の決定は制限しない → 決定できる [設定「減額の期間制限: 制限しない」〔要確認〕〔出典: 岩国市(国民健康保険)〕]',
    ],
    [{}, 'より後 → 決定できない(期間制限) [高齢者医療確保法160条の2]'],
    [{ isReduction: true, decidedOn: '2026-07-31' }, 'まで → 決定できる [高齢者医療確保法160条の2]'],
  ])('a reduction goes by its 設定: %o', (more, line) => {
    const lines = linesOf('kikan-seigen', { ...FUCHO, ...more }, new Set())
    expect(lines.at(-1)?.split('最後の日')[1]).toBe(line)
  })
})
