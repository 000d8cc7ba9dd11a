import type { JsonRecord } from '#rules/shisan/definition.ts'
import { n, slotsOf, type Year } from '#rules/shisan/example-years.ts'
import { from, linesOf } from './lines-of.ts'
import { describe, expect, it } from 'vitest'

/** 普徴 July to March, all open and empty. */
const NINE: Year = { f: ['ooooooooo', n(9, 0)] }
/** 仮徴収 in July: April and June collected, August locked. */
const spring = (each: number): Year => ({ ...NINE, t: ['ccl', n(3, each)] })

const linesFor = (before: Year, annualYen: number, judgement: string, more: JsonRecord = {}): string[] =>
  linesOf('kakutei', { slots: slotsOf(before), annualYen, judgement, ...more }, new Set())
const lineOf = (label: string, lines: readonly string[]): string | undefined =>
  lines.find((line) => line.startsWith(`${label}:`))

const UNIT = '[端数の単位100円〔出典: 瀬戸市、能美市〕]'
const FIRST = '[地方税法20条の4の2第6項]'
const THIRDS = '[残りを3回で割り、100円未満の端数は10月に合わせる〔出典: 能美市、厚木市(介護)、琴浦町〕]'
const BY_TOWN = '[10月から始める人の特別徴収と普通徴収の分け方は市町村が定める〔要確認〕]'

describe('算定の内訳 of 確定賦課', () => {
  it('K5: 普徴 after 暫定', () => {
    const before: Year = { f: ['pppooooooooo', [...n(3, 6500), ...n(9, 0)]] }
    expect(linesFor(before, 93_700, 'fucho')).toEqual([
      '分類: 仮徴収がなく、10月からも特別徴収しない → 普徴',
      '動かせない額: 普通徴収 6,500円 × 3回(4月〜6月、納付あり) → 19,500円',
      '残り: 年額 93,700円 − 動かせない額 19,500円 → 74,200円',
      '普通徴収に回す額: 残り 74,200円 のすべて → 74,200円',
      '割り振る期: まだ動かせる期 → 7月〜3月(9回)',
      `1回の額: 74,200円 ÷ 9回 = 8,244円(1円未満切捨て)、100円未満切捨て → 8,200円 ${UNIT}`,
      `最初の期(7月)の額: 74,200円 − 8,200円 × 8回(端数は最初の期に合わせる) → 8,600円 ${FIRST}`,
      '普通徴収7月: 割り振った額 → 8,600円',
      '普通徴収8月〜3月(各): 割り振った額 → 8,200円',
      '翌年度の仮徴収額: 2月の額がないため、翌年度の4月は特別徴収しない → 0円',
      '確かめ: 普通徴収 6,500円 × 3回(4月〜6月)+ 8,600円(7月)+ 8,200円 × 8回(8月〜3月)。年額と同じ → 93,700円',
    ])
  })

  it('K9: 特別徴収 goes on', () => {
    expect(linesFor(spring(12_400), 82_000, 'tokucho').slice(3)).toEqual([
      '特別徴収に回す額: 10月からも特別徴収を続けるため、残り 44,800円 のすべて → 44,800円',
      `12月・2月(各): 特別徴収に回す額 44,800円 ÷ 3回 = 14,933円(1円未満切捨て)、100円未満切捨て → 14,900円 ${THIRDS}`,
      '10月: 特別徴収に回す額 44,800円 − 12月 14,900円 − 2月 14,900円(端数は10月に合わせる) → 15,000円',
      '翌年度の仮徴収額: 2月と同じ額を、翌年度の4月・6月・8月に1回ずつ徴収 → 14,900円 [〔出典: 北海道広域連合「特別徴収について」、三好市〕]',
      '確かめ: 特別徴収 12,400円 × 3回(4月・6月・8月)+ 15,000円(10月)+ 14,900円 × 2回(12月・2月)。年額と同じ → 82,000円',
    ])
  })

  it('K14: a start in October takes half of the year', () => {
    expect(linesFor(NINE, 83_300, 'tokucho').slice(0, 10)).toEqual([
      '分類: 仮徴収がなく、10月から特別徴収を始める → 新規10月開始',
      '動かせない額: 仮徴収も暫定もない → 0円',
      '残り: 年額 83,300円 − 動かせない額 0円 → 83,300円',
      `特別徴収に回す額: 年額 83,300円 ÷ 2 = 41,650円(1円未満切捨て)、100円未満切捨て → 41,600円 ${BY_TOWN}`,
      `12月・2月(各): 特別徴収に回す額 41,600円 ÷ 3回 = 13,866円(1円未満切捨て)、100円未満切捨て → 13,800円 ${THIRDS}`,
      '10月: 特別徴収に回す額 41,600円 − 12月 13,800円 − 2月 13,800円(端数は10月に合わせる) → 14,000円',
      '普通徴収に回す額: 残り 83,300円 − 特別徴収に回す額 41,600円 → 41,700円',
      '割り振る期: 10月より前の、まだ動かせる期 → 7月〜9月(3回)',
      `1回の額: 41,700円 ÷ 3回 = 13,900円 → 13,900円 ${UNIT}`,
      `最初の期(7月)の額: 41,700円 − 13,900円 × 2回(端数は最初の期に合わせる) → 13,900円 ${FIRST}`,
    ])
  })

  it('K15: or what the periods from October on would have been', () => {
    const lines = linesFor(NINE, 83_300, 'tokucho', { octStartSplit: 'periods' })
    expect(lines.slice(3, 7)).toEqual([
      `年額を全期で割った1回の額: 83,300円 ÷ 9回 = 9,255円(1円未満切捨て)、100円未満切捨て → 9,200円 ${UNIT}`,
      `年額を全期で割った最初の期の額: 83,300円 − 9,200円 × 8回(端数は最初の期に合わせる) → 9,700円 ${FIRST}`,
      '10月より前の期の分: 9,700円 + 9,200円 + 9,200円 → 28,100円',
      `特別徴収に回す額: 年額 83,300円 − 10月より前の期の分 28,100円 → 55,200円 ${BY_TOWN}`,
    ])
    expect(from('割り振る期', lines).slice(0, 3)).toEqual([
      '割り振る期: 10月より前の期。全期で割ったときの額のままとする → 7月〜9月(3回)',
      '普通徴収7月: 割り振った額 → 9,700円',
      '普通徴収8月・9月(各): 割り振った額 → 9,200円',
    ])
    const late = linesFor({ f: ['doooooooo', n(9, 0)] }, 90_000, 'tokucho', { octStartSplit: 'periods' })
    expect(from('割り振る期', late).slice(0, 2)).toEqual([
      '割り振る期: 10月より前の、まだ動かせる期 → 8月・9月(2回)',
      `1回の額: 30,000円 ÷ 2回 = 15,000円 → 15,000円 ${UNIT}`,
    ])
  })

  it('a start in October that takes all of the rest, and why', () => {
    expect(lineOf('特別徴収に回す額', linesFor({ f: ['dddoooooo', n(9, 0)] }, 60_000, 'tokucho'))).toBe(
      '特別徴収に回す額: 10月より前に動かせる期がないため、残り 60,000円 のすべて → 60,000円',
    )
    const paid: Year = { f: ['poooooooo', [35_000, ...n(8, 0)]] }
    expect(linesFor(paid, 60_000, 'tokucho').slice(3, 5)).toEqual([
      `特別徴収の分: 年額 60,000円 ÷ 2 = 30,000円(1円未満切捨て)、100円未満切捨て → 30,000円 ${BY_TOWN}`,
      '特別徴収に回す額: 特別徴収の分 30,000円 は残りより多いため、残り 25,000円 のすべて → 25,000円',
    ])
    const october: Year = { f: ['oooooo', n(6, 0)] }
    expect(lineOf('特別徴収に回す額', linesFor(october, 60_000, 'tokucho', { octStartSplit: 'periods' }))).toBe(
      `特別徴収に回す額: 年額 60,000円 − 10月より前の期の分 0円 → 60,000円 ${BY_TOWN}`,
    )
  })

  it('by periods where only 暫定 comes before October; and where no 特別徴収 starts', () => {
    const june: Year = { f: ['o', [0]], fMonths: [6] }
    expect(linesFor(june, 60_000, 'tokucho', { octStartSplit: 'periods' }).slice(3, 5)).toEqual([
      '10月より前の期の分: 10月より前の期がない → 0円',
      `特別徴収に回す額: 年額 60,000円 − 10月より前の期の分 0円 → 60,000円 ${BY_TOWN}`,
    ])
    const august: Year = { f: ['o', [0]], fMonths: [8] }
    expect(linesFor(august, 60_000, 'tokucho', { octStartSplit: 'periods' }).slice(3, 8)).toEqual([
      `年額を全期で割った最初の期の額: 納期が1回のため全額 → 60,000円 ${FIRST}`,
      '10月より前の期の分: 60,000円 → 60,000円',
      `特別徴収に回す額: 年額 60,000円 − 10月より前の期の分 60,000円 → 0円 ${BY_TOWN}`,
      '普通徴収に回す額: 残り 60,000円 のすべて → 60,000円',
      '割り振る期: 10月より前の期。全期で割ったときの額のままとする → 8月',
    ])
    const toSeptember: Year = { f: ['oo', [0, 0]], fMonths: [8, 9] }
    expect(linesFor(toSeptember, 60_100, 'fucho', { octStartSplit: 'periods' }).slice(4, 6)).toEqual([
      '割り振る期: まだ動かせる期 → 8月・9月(2回)',
      `1回の額: 60,100円 ÷ 2回 = 30,050円、100円未満切捨て → 30,000円 ${UNIT}`,
    ])
  })

  it('K20: 特別徴収 ends, and which periods take the rest', () => {
    const where = (before: Year, more: JsonRecord = {}): string | undefined =>
      lineOf('割り振る期', linesFor(before, 66_600, 'fucho', more))
    expect(where(spring(9800))).toBe('割り振る期: 特別徴収が終わった後の、10月以後のまだ動かせる期 → 10月〜3月(6回)')
    expect(where(spring(9800), { stopPlacement: 'all-open' })).toBe(
      '割り振る期: 設定により、まだ動かせるすべての期 → 7月〜3月(9回)',
    )
    const toSeptember: Year = { t: ['ccl', n(3, 9800)], f: ['oo', n(2, 0)], fMonths: [8, 9] }
    expect(where(toSeptember)).toBe(
      '割り振る期: 10月以後に動かせる期がないため、まだ動かせるすべての期 → 8月・9月(2回)',
    )
  })

  it('a payment that failed is 0 and part of the rest; a period that was charged says so', () => {
    const before: Year = { t: ['cxl', n(3, 9800)], f: ['oo', [500, 500]], fMonths: [2, 3] }
    expect(linesFor(before, 29_600, 'fucho').slice(1)).toEqual([
      '特別徴収6月: 徴収不能となったため、0円とする(これまで 9,800円) → 0円',
      '動かせない額: 特別徴収 9,800円(4月、徴収済み)+ 9,800円(8月、止める期限を過ぎた) → 19,600円',
      '残り: 年額 29,600円 − 動かせない額 19,600円 → 10,000円',
      '普通徴収に回す額: 残り 10,000円 のすべて → 10,000円',
      '割り振る期: 特別徴収が終わった後の、10月以後のまだ動かせる期 → 2月・3月(2回)',
      `1回の額: 10,000円 ÷ 2回 = 5,000円 → 5,000円 ${UNIT}`,
      `最初の期(2月)の額: 10,000円 − 5,000円 × 1回(端数は最初の期に合わせる) → 5,000円 ${FIRST}`,
      '普通徴収2月・3月(各): 割り振った額(これまで 500円) → 5,000円',
      '翌年度の仮徴収額: 2月の額がないため、翌年度の4月は特別徴収しない → 0円',
      '確かめ: 特別徴収 9,800円 × 2回(4月・8月)+ 普通徴収 5,000円 × 2回(2月・3月)。年額と同じ → 29,600円',
    ])
    expect(linesFor(before, 19_600, 'fucho').slice(3, 5)).toEqual([
      '残り: 年額 19,600円 − 動かせない額 19,600円 → 0円',
      '普通徴収2月・3月(各): 割り振る額がない(これまで 500円) → 0円',
    ])
    const empty: Year = { ...NINE, t: ['xl', [0, 9800]] }
    expect(linesFor(empty, 9800, 'fucho')[1]).toBe('動かせない額: 特別徴収 9,800円(6月、止める期限を過ぎた) → 9,800円')
  })

  it('no period at all: 随時; one period: no split', () => {
    expect(lineOf('随時期', linesFor({ f: ['ddddddddd', n(9, 0)] }, 101_400, 'fucho'))).toBe(
      '随時期: 残り 101,400円 を受ける期がないため、随時期で納めていただく → 101,400円',
    )
    expect(from('普通徴収に回す額', linesFor({ f: ['ddddddddo', n(9, 0)] }, 1400, 'fucho')).slice(0, 3)).toEqual([
      '普通徴収に回す額: 残り 1,400円 のすべて → 1,400円',
      '割り振る期: まだ動かせる期 → 3月',
      '普通徴収3月: 割り振った額 → 1,400円',
    ])
  })

  it('K12: 仮徴収 has taken more than the year', () => {
    expect(from('減らす額', linesFor(spring(12_400), 20_000, 'tokucho')).slice(0, 3)).toEqual([
      '減らす額: 動かせない額 37,200円 − 年額 20,000円。動かせない額だけで年額を超えるため、まだ動かせる期は0円とし、この額を後の期から順に減らす → 17,200円 [後の期からさかのぼって減らすこと〔要確認〕]',
      '特別徴収8月: 12,400円 をすべて減らす。減らす額の残りは 17,200円 − 12,400円 = 4,800円。年金からは 12,400円 が引かれるため、差額は後でお返しする → 0円',
      '特別徴収6月: 12,400円 − 減らす額の残り 4,800円。すでに徴収されているため、差額は後でお返しする → 7,600円',
    ])
    expect(from('特別徴収8月', linesFor(spring(5000), 0, 'tokucho')).slice(0, 3)).toEqual([
      '特別徴収8月: 5,000円 をすべて減らす。減らす額の残りは 15,000円 − 5,000円 = 10,000円。年金からは 5,000円 が引かれるため、差額は後でお返しする → 0円',
      '特別徴収6月: 5,000円 をすべて減らす。減らす額の残りは 10,000円 − 5,000円 = 5,000円。すでに徴収されているため、差額は後でお返しする → 0円',
      '特別徴収4月: 5,000円 − 減らす額の残り 5,000円。すでに徴収されているため、差額は後でお返しする → 0円',
    ])
    const paid: Year = { f: ['dpo', [5000, 5000, 0]], fMonths: [4, 5, 7] }
    expect(lineOf('減らす額', linesFor(paid, 6000, 'fucho', { backwardOrder: 'unpaid-first' }))).toContain(
      'この額を設定により未納の期を先に、後の期から順に減らす → 4,000円',
    )
  })

  it.each([
    ['仮徴収と暫定だけで、年額に達している → 仮徴収超過', 30_100, 'tokucho'],
    ['資格を喪失している → 喪失済', 13_600, 'lost'],
    ['年額が0円である → 0円', 0, 'tokucho'],
    ['仮徴収があったが、10月からは特別徴収できない → 特徴終了', 66_600, 'fucho'],
    ['仮徴収があり、10月からも特別徴収を続ける → 特徴継続', 66_600, 'tokucho'],
  ])('分類: %s', (line, annualYen, judgement) => {
    expect(linesFor(spring(12_400), annualYen, judgement)[0]).toBe(`分類: ${line}`)
  })

  it('K21: 喪失済 is told as the 異動 that it is', () => {
    expect(linesFor(spring(12_400), 13_600, 'lost').slice(1, 3)).toEqual([
      '特別徴収の扱い: 「資格喪失」のため、止めるが、今年度に止められる回はもうない → 中止',
      '動かせない額: 特別徴収 12,400円 × 2回(4月・6月、徴収済み)+ 12,400円(8月、止める期限を過ぎた) → 37,200円',
    ])
  })
})
