import type { JsonRecord } from '#rules/shisan/definition.ts'
import { from, linesOf } from './lines-of.ts'
import { describe, expect, it } from 'vitest'

const fucho = (month: number, chargedYen: number, state: string, more: JsonRecord = {}): JsonRecord => ({
  method: '普徴',
  month,
  chargedYen,
  state,
  ...more,
})
const tokucho = (...[month, chargedYen, state, more]: Parameters<typeof fucho>): JsonRecord => ({
  ...fucho(month, chargedYen, state, more),
  method: '特徴',
})
const linesFor = (slots: readonly JsonRecord[], change: JsonRecord): string[] =>
  linesOf('ido', { slots, ...change }, new Set())

const OF_TOKUCHO = '介護保険法139条2項・3項(高齢者医療確保法110条で準用)、高齢者医療確保法施行規則109条'
const OF_FUCHO = '充当は市町村の規則による〔出典: 富山市規則、朝来市規則〕'

/** 74,800 = 8,400 + 8,300 ×8: July and August paid, November and December in part. */
const PARTLY_PAID = [
  fucho(7, 8400, 'paid-on'),
  fucho(8, 8300, 'paid-on'),
  fucho(9, 8300, 'due'),
  fucho(10, 8300, 'due'),
  fucho(11, 8300, 'due', { paidYen: 5000 }),
  fucho(12, 8300, 'open', { paidYen: 2000 }),
  fucho(1, 8300, 'open'),
]

describe('納付のある期 in the explanation of an 異動', () => {
  it('what is taken off is told apart from what comes back', () => {
    const lines = linesFor(PARTLY_PAID, { newAnnualYen: 12_300, event: 'LOS', months: 2 })
    expect(lines.slice(1, 4)).toEqual([
      '年額の月数: 新しい年額は、資格のある 2か月分の額 → 2か月',
      'これまでの賦課額: 普通徴収 8,400円(7月)+ 8,300円 × 6期(8月〜1月) → 58,200円',
      '納付額: 普通徴収 8,400円(7月、納付あり、全額とみる)+ 8,300円(8月、納付あり、全額とみる)+ 5,000円(11月、一部)+ 2,000円(12月、一部) → 23,700円',
    ])
    expect(from('普通徴収12月', lines).slice(0, -1)).toEqual([
      '普通徴収12月: まだ変更できるため0円とする(これまで 8,300円)。納付された 2,000円 のうち、賦課額を超える分は過納となる → 0円',
      '普通徴収1月: まだ変更できるため0円とする(これまで 8,300円) → 0円',
      '普通徴収11月: 8,300円 をすべて減らす。減らす額の残りは 29,300円 − 8,300円 = 21,000円。納付は 5,000円 までのため、過納は 5,000円 − 0円 = 5,000円。残りの 8,300円 − 5,000円 = 3,300円 は、納めていただく額が減る → 0円',
      '普通徴収10月: 8,300円 をすべて減らす。減らす額の残りは 21,000円 − 8,300円 = 12,700円。未納のため、納めていただく額が減る(過納とはならない) → 0円',
      '普通徴収9月: 8,300円 をすべて減らす。減らす額の残りは 12,700円 − 8,300円 = 4,400円。未納のため、納めていただく額が減る(過納とはならない) → 0円',
      '普通徴収8月: 8,300円 − 減らす額の残り 4,400円。すでに納付されているため、差額は過納となる(還付または充当) → 3,900円',
      '減らす額のうち過納とならない額: まだ納付・徴収されていない分。普通徴収 8,300円 × 2期(9月・10月)+ 3,300円(11月) → 19,900円',
      `過納見込(納付済み): 納付・徴収された額のうち、賦課額を超える分。還付または充当の対象。普通徴収8月(8,300円 − 賦課額 3,900円)+ 普通徴収11月(5,000円 − 賦課額 0円)+ 普通徴収12月(2,000円 − 賦課額 0円) → 11,400円 [${OF_FUCHO}]`,
    ])
  })

  it('a payment within what is left owed brings nothing back', () => {
    const lines = linesFor(PARTLY_PAID, {
      newAnnualYen: 40_600,
      event: 'DEC-F',
      options: { backwardOrder: 'unpaid-first' },
    })
    expect(lines).toContain(
      '普通徴収11月: 8,300円 − 減らす額 1,000円。納付は 5,000円 までのため、納めていただく額が減る(過納とはならない) → 7,300円',
    )
  })

  it('lowered from the last, moved to 特別徴収: what was paid is said too', () => {
    const lines = linesFor(PARTLY_PAID, {
      newAnnualYen: 43_200,
      event: 'DEC-F',
      options: { decreaseF: 'from-last' },
    })
    expect(from('普通徴収1月', lines).slice(0, 2)).toEqual([
      '普通徴収1月: 8,300円 をすべて減らす。減らす額の残りは 15,000円 − 8,300円 = 6,700円 → 0円',
      '普通徴収12月: 8,300円 − 減らす額の残り 6,700円。納付された 2,000円 のうち、賦課額を超える分は過納となる → 1,600円',
    ])
    expect(linesFor(PARTLY_PAID, { newAnnualYen: 58_200, event: 'ADD', fromMonth: 12 })).toContain(
      '普通徴収12月: 特別徴収に移す(これまで 8,300円)。納付された 2,000円 のうち、賦課額を超える分は過納となる → 0円',
    )
  })

  it('a 期 of a past year that stands as still open is not paid either', () => {
    expect(linesFor([fucho(1, 100, 'open')], { newAnnualYen: 0, event: 'PST-' })).toContain(
      '減らす額のうち過納とならない額: まだ納付・徴収されていない分。普通徴収 100円(1月) → 100円',
    )
  })

  it('paid before its day in full is no part', () => {
    const slots = [fucho(7, 5000, 'paid-on', { paidYen: 5000 }), fucho(8, 5000, 'paid-on', { paidYen: 6000 })]
    expect(linesFor(slots, { newAnnualYen: 10_000, event: 'ACQ' })).toContain(
      '納付額: 普通徴収 5,000円(7月)+ 6,000円(8月) → 11,000円',
    )
  })

  it('nothing paid on one 期 does not hide what was paid on another', () => {
    const slots = [
      tokucho(12, 9000, 'collected'),
      tokucho(2, 9000, 'collected', { paidYen: 0 }),
      fucho(1, 6200, 'paid-on'),
      fucho(2, 0, 'paid-on'),
      fucho(3, 6200, 'due', { paidYen: 0 }),
    ]
    expect(linesFor(slots, { newAnnualYen: 22_300, event: 'PST-' })).toContain(
      '納付額: 特別徴収 9,000円(12月、徴収済み、全額とみる)+ 0円(2月、還付済み)+ 普通徴収 6,200円(1月、納付あり、全額とみる)+ 0円(3月、未納) → 15,200円',
    )
    const kakutei = { slots: [fucho(4, 3000, 'paid-on'), fucho(6, 3000, 'due', { paidYen: 0 })], judgement: 'fucho' }
    expect(linesOf('kakutei', { ...kakutei, annualYen: 6000 }, new Set())).toContain(
      '納付額: 普通徴収 3,000円(4月、納付あり、全額とみる)+ 0円(6月、未納) → 3,000円',
    )
  })

  it('death without 特別徴収: nothing goes back to the pension', () => {
    expect(from('返す相手', linesFor([fucho(7, 5000, 'paid-on')], { newAnnualYen: 1000, event: 'DTH' }))[0]).toBe(
      '返す相手: 相続人に返す(亡くなった人に未納の保険料があれば、それに充てる) → 相続人 [〔出典: 国分寺市、宮代町〕]',
    )
  })

  it('the unpaid first: a 期 that is paid in part counts as paid, this year and of a past one', () => {
    const slots = [fucho(7, 5000, 'due'), fucho(8, 5000, 'paid-on', { paidYen: 1000 })]
    const options = { backwardOrder: 'unpaid-first' }
    const said =
      '減らす。一部でも納付のある期(状態が納付あり)は、納付のある期として後にする → 7,000円 [設定「さかのぼる順: 未納の期を先に、後の期から」〔要確認〕。一部でも納付のある期を後にすること〔要確認〕]'
    const [fixed, less] = from('変更できない額', linesFor(slots, { newAnnualYen: 3000, event: 'DEC-F', options }))
    expect(fixed).toContain('(年額を超えるときだけ、未納の期を先に減らす) → 10,000円')
    expect(less).toContain(said)
    expect(from('減らす額', linesFor(slots, { newAnnualYen: 3000, event: 'PST-', options }))[0]).toContain(
      said.replace('[', '[過年度の期は割り直さない〔要確認〕。'),
    )
    const full = [fucho(7, 5000, 'due'), fucho(8, 5000, 'paid-on')]
    expect(linesFor(full, { newAnnualYen: 3000, event: 'DEC-F', options }).join('')).not.toContain('一部でも')
    expect(linesFor(slots, { newAnnualYen: 3000, event: 'DEC-F' }).join('')).not.toContain('一部でも')
  })

  it('paid back altogether: nothing counts as paid', () => {
    const lines = linesFor([fucho(7, 5000, 'paid-on', { paidYen: 0 })], { newAnnualYen: 1000, event: 'DEC-F' })
    expect(lines).toContain('納付額: 普通徴収 0円(7月、還付済み) → 0円')
  })

  it('death: 普通徴収 before 特別徴収 of the same month, and who gets it back', () => {
    const slots = [
      tokucho(4, 11_000, 'collected'),
      tokucho(6, 11_000, 'collected', { paidYen: 4000 }),
      tokucho(8, 11_000, 'locked', { orderedYen: 9000 }),
      fucho(8, 700, 'handed-to-bank'),
    ]
    expect(from('減らす額', linesFor(slots, { newAnnualYen: 12_000, event: 'DTH', months: 2 })).slice(0, -1)).toEqual([
      '減らす額: 変更できない額 33,700円 − 新しい年額 12,000円。変更できない額だけで年額を超えるため、この額を後の期から順に(同じ月では普通徴収を先に)減らす → 21,700円 [設定「さかのぼる順: 後の期から」〔要確認〕]',
      '普通徴収8月: 700円 をすべて減らす。減らす額の残りは 21,700円 − 700円 = 21,000円。口座からは 700円 が振り替えられるため、差額は後でお返しする → 0円',
      '特別徴収8月: 11,000円 をすべて減らす。減らす額の残りは 21,000円 − 11,000円 = 10,000円。年金からは 9,000円 が引かれるため、9,000円 − 0円 = 9,000円 は後でお返しする。残りの 11,000円 − 9,000円 = 2,000円 は、納めていただく額が減る → 0円',
      '特別徴収6月: 11,000円 − 減らす額の残り 10,000円。徴収は 4,000円 までのため、過納は 4,000円 − 1,000円 = 3,000円。残りの 11,000円 − 4,000円 = 7,000円 は、納めていただく額が減る → 1,000円',
      '減らす額のうち過納とならない額: まだ納付・徴収されていない分。特別徴収 7,000円(6月)+ 2,000円(8月) → 9,000円',
      `過納見込(納付済み): 納付・徴収された額のうち、賦課額を超える分。還付または充当の対象。特別徴収6月(4,000円 − 賦課額 1,000円) → 3,000円 [${OF_TOKUCHO}]`,
      `過納見込(これから): これから徴収・振替される額のうち、賦課額を超える分。徴収された後に還付または充当する。特別徴収8月(9,000円 − 賦課額 0円)+ 普通徴収8月(700円 − 賦課額 0円) → 9,700円 [${OF_TOKUCHO}。${OF_FUCHO}]`,
      '過納見込(計): 納付済み 3,000円 + これから 9,700円 → 12,700円',
      '返す相手: 相続人に返す(亡くなった人に未納の保険料があれば、それに充てる)。ただし、死亡した月の翌々月から後に年金から引かれた額は年金保険者に返す(死亡した月は入力にないため、窓口で確認する) → 相続人 [高齢者医療確保法施行規則108条〔出典: 国分寺市、宮代町〕]',
    ])
  })
})
