import type { JsonRecord } from '#rules/shisan/definition.ts'
import { n, slotsOf, type Year } from '#rules/shisan/example-years.ts'
import { from, linesOf } from './lines-of.ts'
import { describe, expect, it } from 'vitest'

const LOST = '[介護保険法138条1項(高齢者医療確保法110条で準用)、高齢者医療確保法施行規則106条1号]'
const NEXT = '設定「徴収不能額: 次の期にまとめる」'

/** 63,000 = 7,000 ×9. */
const f63 = (states: string): Year => ({ f: [states, n(9, 7000)] })
const T57 = [...n(3, 9300), ...n(3, 9700)]
const t57 = (t: string, f: string): Year => ({ t: [t, T57], f: [f, n(f.length, 0)] })

/** 仮徴収 alone, in July: April and June collected, August locked. */
const SPRING: Year = { t: ['ccl', n(3, 9300)], f: ['ooooooooo', n(9, 0)] }

const linesFor = (before: Year, newAnnualYen: number, event: string, more: JsonRecord = {}): string[] =>
  linesOf('ido', { slots: slotsOf(before), newAnnualYen, event, ...more }, new Set())

const UNIT = '[端数の単位100円〔出典: 瀬戸市、能美市〕]'
const FIRST =
  '[端数は最初の期に合わせる〔出典: 瀬戸市、能美市〕。地方税法20条の4の2第6項に準じる〔要確認: 準用の定め〕]'
const BACKWARDS = '[設定「さかのぼる順: 後の期から」〔要確認〕]'
const LOWERED = '[高齢者医療確保法施行規則106条2号。依頼した額は下げられず、続けるか止めるかである〔出典: むつ市〕]'

const REFUSED_STOP = '[止める期限を過ぎた回は徴収され、ほかの回の中止はもう一度送る〔要確認〕]'

const LAST_DAY =
  '決定の期限: 過年度の額を変えられる最後の日は、試算「賦課決定の期間制限」で求める(ここでは調べていない) → 別に試算する [高齢者医療確保法160条の2]'

describe('算定の内訳 of 異動賦課', () => {
  it('I8: a stop, and what is left over the periods from its month on', () => {
    expect(linesFor(t57('ccclss', 'ddooooooo'), 48_200, 'DEC-T')).toEqual([
      '異動の事由: 特別徴収を続けるか止めるかを、年額の増減で決める事由 → 減額(特別徴収中) [特別徴収中の減額: 高齢者医療確保法施行規則106条2号〔出典: むつ市、横須賀市〕]',
      'これまでの賦課額: 特別徴収 9,300円 × 3回(4月・6月・8月)+ 9,700円 × 3回(10月・12月・2月) → 57,000円',
      `特別徴収の扱い: 年額が 57,000円 から 48,200円 に減るため止め、残りは普通徴収で納めていただく → 中止 ${LOWERED}`,
      '特別徴収12月・2月(各): まだ止められるため止め、0円とする(これまで 9,700円) → 0円',
      '変更できない額: 特別徴収 9,300円 × 3回(4月・6月・8月、徴収済み)+ 9,700円(10月、止める期限を過ぎた) → 37,600円',
      '割り振る額: 新しい年額 48,200円 − 変更できない額 37,600円 → 10,600円',
      'まだ変更できる期の賦課額: 9月〜3月(7期)は、これまで0円 → 0円',
      '普通徴収に加える額: 割り振る額 10,600円 − まだ変更できる期の賦課額 0円 → 10,600円',
      '割り振る期: 特別徴収がなくなる12月以後の、まだ変更できる期。9月〜11月も変更できるが、その前のため加えない → 12月〜3月(4期) [設定「中止後の割り振り: 中止月以後の期」〔要確認〕]',
      `1期に加える額: 10,600円 ÷ 4期 = 2,650円、100円未満切捨て → 2,600円 ${UNIT}`,
      `最初の期(12月)に加える額: 10,600円 − 2,600円 × 3期(端数は最初の期に合わせる) → 2,800円 ${FIRST}`,
      '普通徴収12月: 0円 + 2,800円 → 2,800円',
      '普通徴収1月〜3月(各): 0円 + 2,600円 → 2,600円',
      '検算: 特別徴収 9,300円 × 3回(4月・6月・8月)+ 9,700円(10月)+ 普通徴収 2,800円(12月)+ 2,600円 × 3期(1月〜3月)。年額と同じ → 48,200円',
    ])
  })

  it('I10: what is too much goes backwards, and what of it comes back now and later', () => {
    expect(from('減らす額', linesFor(t57('ccclss', 'ddooooooo'), 25_000, 'DEC-T'))).toEqual([
      `減らす額: 変更できない額 37,600円 − 新しい年額 25,000円。変更できない額だけで年額を超えるため、まだ変更できる期は0円とし、この額を後の期から順に減らす → 12,600円 ${BACKWARDS}`,
      '特別徴収10月: 9,700円 をすべて減らす。減らす額の残りは 12,600円 − 9,700円 = 2,900円。年金からは 9,700円 が引かれるため、差額は後でお返しする → 0円',
      '特別徴収8月: 9,300円 − 減らす額の残り 2,900円。すでに徴収されているため、差額は過納となる(還付または充当) → 6,400円',
      '過納見込(納付済み): 納付・徴収された額のうち、賦課額を超える分。還付または充当の対象。特別徴収8月(9,300円 − 賦課額 6,400円) → 2,900円 [介護保険法139条2項・3項(高齢者医療確保法110条で準用)、高齢者医療確保法施行規則109条]',
      '過納見込(これから): これから徴収・振替される額のうち、賦課額を超える分。徴収された後に還付または充当する。特別徴収10月(9,700円 − 賦課額 0円) → 9,700円 [介護保険法139条2項・3項(高齢者医療確保法110条で準用)、高齢者医療確保法施行規則109条]',
      '過納見込(計): 納付済み 2,900円 + これから 9,700円 → 12,600円',
      '検算: 特別徴収 9,300円 × 2回(4月・6月)+ 6,400円(8月)。年額と同じ → 25,000円',
    ])
  })

  it('I7, the unpaid first: 7月 is taken before the paid September', () => {
    const more = { options: { backwardOrder: 'unpaid-first' } }
    expect(from('減らす額', linesFor(f63('dppoooooo'), 9000, 'DEC-F', more))).toEqual([
      '減らす額: 変更できない額 21,000円 − 新しい年額 9,000円。変更できない額だけで年額を超えるため、まだ変更できる期は0円とし、この額を納期限の来た未納の期を先に、後の期から順に減らす → 12,000円 [設定「さかのぼる順: 未納の期を先に、後の期から」〔要確認〕]',
      '普通徴収10月〜3月(各): まだ変更できるため0円とする(これまで 7,000円) → 0円',
      '普通徴収7月: 7,000円 をすべて減らす。減らす額の残りは 12,000円 − 7,000円 = 5,000円。未納のため、納めていただく額が減る(過納とはならない) → 0円',
      '普通徴収9月: 7,000円 − 減らす額の残り 5,000円。すでに納付されているため、差額は過納となる(還付または充当) → 2,000円',
      '減らす額のうち過納とならない額: まだ納付・徴収されていない分。普通徴収 7,000円(7月) → 7,000円',
      '過納見込(納付済み): 納付・徴収された額のうち、賦課額を超える分。還付または充当の対象。普通徴収9月(7,000円 − 賦課額 2,000円) → 5,000円 [充当は市町村の規則による〔出典: 富山市規則、朝来市規則〕]',
      '検算: 普通徴収 7,000円(8月)+ 2,000円(9月)。年額と同じ → 9,000円',
    ])
  })

  it('what is not handed over is ordered as it is charged: nothing of it comes back', () => {
    const before: Year = { t: ['ccc???', T57], f: ['', []] }
    expect(from('減らす額', linesFor(before, 46_000, 'JUT-k'))).toEqual([
      `減らす額: 変更できない額 57,000円 − 新しい年額 46,000円。変更できない額だけで年額を超えるため、この額を後の期から順に減らす → 11,000円 ${BACKWARDS}`,
      '特別徴収2月: 9,700円 をすべて減らす。減らす額の残りは 11,000円 − 9,700円 = 1,300円。これから徴収する額が減る(過納とはならない) → 0円',
      '特別徴収12月: 9,700円 − 減らす額の残り 1,300円。これから徴収する額が減る(過納とはならない) → 8,400円',
      '減らす額のうち過納とならない額: まだ納付・徴収されていない分。特別徴収 1,300円(12月)+ 9,700円(2月) → 11,000円',
      '検算: 特別徴収 9,300円 × 3回(4月・6月・8月)+ 9,700円(10月)+ 8,400円(12月)。年額と同じ → 46,000円',
    ])
  })

  it('I11: nothing left to stop; next year goes by what February withholds', () => {
    const lines = linesFor({ t: ['ccccll', T57], f: ['', []] }, 55_000, 'DEC-T')
    expect(lines).toContain(
      '翌年度の仮徴収額: 止めなければ、翌年度の4月からの仮徴収は2月に引かれる 9,700円(賦課額 7,700円ではない)による → 9,700円 [介護保険法140条(高齢者医療確保法110条で準用)〔出典: 北海道広域連合「特別徴収について」、三好市〕]',
    )
    expect(lines).toContain(
      '変更できない額: 特別徴収 9,300円 × 3回(4月・6月・8月、徴収済み)+ 9,700円(10月、徴収済み)+ 9,700円 × 2回(12月・2月、止める期限を過ぎた)(年額を超えるときだけ、後の期から減らす) → 57,000円',
    )
    const withheld = linesFor({ t: ['cccccc', T57], f: ['d', [5000]] }, 55_000, 'JUT-k').join('')
    expect(withheld).not.toContain('まだ変更できる期は0円とし')
    const stops = linesFor({ t: ['ccccll', T57], f: ['', []] }, 55_000, 'DEC-T', {
      options: { stopWhenNothingStoppable: true },
    })
    expect(stops.join('')).not.toContain('翌年度の仮徴収額')
  })

  it('what the practice of the municipality keeps as it is says so', () => {
    const [fixed] = from('変更できない額', linesFor(f63('dpbdooooo'), 60_000, 'DEC-F'))
    expect(fixed).toContain(' [納期限が近い期と、納付・口座振替依頼中の期を動かさないのは市町村の運用〔要確認〕]')
    expect(from('変更できない額', linesFor(t57('ccclss', 'ddooooooo'), 48_200, 'DEC-T'))[0]).not.toContain('運用')
  })

  it('a period whose bank file is out brings its money first', () => {
    const lines = linesFor(f63('dddbooooo'), 27_000, 'DEC-F')
    expect(from('過納見込', lines)).toEqual([
      '過納見込(これから): これから徴収・振替される額のうち、賦課額を超える分。徴収された後に還付または充当する。普通徴収10月(7,000円 − 賦課額 6,000円) → 1,000円 [充当は市町村の規則による〔出典: 富山市規則、朝来市規則〕]',
      '検算: 普通徴収 7,000円 × 3期(7月〜9月)+ 6,000円(10月)。年額と同じ → 27,000円',
    ])
  })

  it.each<[string, Year, number, string, JsonRecord, string]>([
    [
      'more, 特別徴収 goes on',
      t57('ccclss', 'ddooooooo'),
      64_500,
      'INC-T',
      {},
      '年額が 57,000円 から 64,500円 に増えるため、そのまま続け、増える額は普通徴収で納めていただく(併徴) → 継続 [高齢者医療確保法施行規則95条3号〔出典: 福生市〕]',
    ],
    [
      'more, all by 普通徴収',
      t57('ccclss', 'ddooooooo'),
      64_500,
      'INC-T',
      { options: { increaseT: 'stop-all' } },
      '年額が 57,000円 から 64,500円 に増えるため、設定「特別徴収中の増額: 特別徴収を止め、残りは普通徴収」により止め、残りは普通徴収で納めていただく → 中止 [高齢者医療確保法施行規則106条3号(市町村が適当と認めるとき)]',
    ],
    [
      'less, 普通徴収 can take it',
      { t: ['ccccls', T57], f: ['ddddooooo', [0, 0, 1500, ...n(6, 1000)]] },
      60_000,
      'DEC-T',
      { options: { decreaseT: 'absorb-in-futsu' } },
      '年額が 64,500円 から 60,000円 に減るが、続けても年額を超えないため、設定「特別徴収中の減額: 普通徴収で減らせるときは続ける」により続け、普通徴収の期で減らす → 継続 [設定「特別徴収中の減額: 普通徴収で減らせるときは続ける」。続けることを高齢者医療確保法施行規則106条2号が許すか〔要確認〕]',
    ],
    [
      'less, nothing left to stop',
      t57('cccccl', 'ddddddooo'),
      55_000,
      'DEC-T',
      {},
      `年額が 57,000円 から 55,000円 に減るが、止められる回がもうないため、依頼した額のまま徴収される → 継続 [依頼した額は下げられず、続けるか止めるかである〔出典: むつ市〕。続けることを高齢者医療確保法施行規則106条2号が許すか〔要確認〕]`,
    ],
    [
      'less, stopped from next April',
      t57('cccccl', 'ddddddooo'),
      55_000,
      'DEC-T',
      { options: { stopWhenNothingStoppable: true } },
      `年額が 57,000円 から 55,000円 に減る。今年度に止められる回はないため、設定「止められる回がない減額」により翌年4月から止める → 中止 ${LOWERED}`,
    ],
    ['the same', t57('ccclss', 'ddooooooo'), 57_000, 'REV', {}, '年額が変わらないため、そのまま続ける → 継続'],
    ['no reason to stop', t57('ccclss', 'ddooooooo'), 60_000, 'ACQ', {}, '止める事由がないため、そのまま続ける → 継続'],
    ['a failure alone', t57('cccxss', 'ddddooooo'), 60_000, 'ACQ', {}, '徴収不能の回だけを止める → 不能'],
    ['nothing runs', f63('dddoooooo'), 74_500, 'INC-F', {}, 'これから徴収される特別徴収がない → なし'],
    [
      'a start',
      f63('dddoooooo'),
      63_000,
      'ADD',
      { fromMonth: 12 },
      '特別徴収を新しく始める。12月に始めるには、10月20日までに年金保険者へ依頼する → 開始 [高齢者医療確保法施行令28条]',
    ],
    [
      'the choice of a clerk',
      t57('ccclss', 'ddooooooo'),
      60_000,
      'MAN',
      { options: { manualTreatment: 'continue' } },
      '「職員の選択」のため、そのまま続ける → 継続',
    ],
    [
      'the choice of a clerk, with a failure',
      t57('cccxls', 'ddddooooo'),
      60_000,
      'MAN',
      { options: { manualTreatment: 'continue' } },
      '「職員の選択」のため、徴収不能の回のほかは、そのまま続ける → 不能',
    ],
    ['death', t57('ccclss', 'ddooooooo'), 23_700, 'DTH', {}, `「死亡」のため、止められる回を止める → 中止 ${LOST}`],
    [
      'death, too late',
      SPRING,
      20_000,
      'DTH',
      {},
      `「死亡」のため、止めるが、今年度に止められる回はもうない → 中止 ${LOST}`,
    ],
    [
      'a failure and what follows it',
      t57('cccxls', 'ddddooooo'),
      57_000,
      'FAL',
      {},
      '「特別徴収不能」のため、年金からは徴収されない → 不能',
    ],
    [
      'a stop by the pension side after the last payment it could stop',
      SPRING,
      57_000,
      'STP',
      { fromMonth: 10 },
      '「年金の支払停止等」のため、年金からは徴収されない。今年度に残る回はもうない → 中止',
    ],
    [
      'a refused order',
      t57('???lss', 'ddooooooo'),
      57_000,
      'REF',
      { fromMonth: 10 },
      '「依頼の不可」のため、依頼した回は徴収されない → 不能',
    ],
  ])('why 特別徴収 goes on or stops: %s', (_, before, newAnnualYen, event, more, line) => {
    expect(linesFor(before, newAnnualYen, event, more)).toContain(`特別徴収の扱い: ${line}`)
  })

  it.each<[string, Year, string, string]>([
    ['LOS', f63('ddddddooo'), '資格がなくなる事由', '資格喪失'],
    ['MOV', f63('ddddddooo'), '徴収する市町村が変わる事由', '県内転出'],
    ['DEC-F', f63('ddddddooo'), '普通徴収の期に割り振る事由', '減額(普通徴収)'],
    ['PST-', t57('cccccc', 'ddddddddd'), '過年度の年額が変わる事由', '過年度の減額'],
    ['LOS', t57('ccclss', 'ddooooooo'), '特別徴収を止める事由', '資格喪失'],
  ])('what %s is to this year', (event, before, how, label) => {
    expect(linesFor(before, 40_000, event)[0]?.split(' [')[0]).toBe(`異動の事由: ${how} → ${label}`)
  })

  it('a start is an event of its own', () => {
    expect(linesFor(f63('dddoooooo'), 63_000, 'ADD', { fromMonth: 2 })[0]).toBe(
      '異動の事由: 特別徴収を始める事由 → 特別徴収の追加(12月・2月開始) [介護保険法134条2項〜6項(高齢者医療確保法110条で準用)]',
    )
  })

  it('why each payment is stopped', () => {
    const late = slotsOf(t57('cg', 'ddo')).map((slot, nth) => (nth === 1 ? { ...slot, isPastStopCutoff: true } : slot))
    const zeroed = linesOf(
      'ido',
      { slots: late, newAnnualYen: 18_600, event: 'DIS', options: { changeToZero: true } },
      new Set(),
    )
    expect(zeroed).toContain(
      '特別徴収6月: 止める期限は過ぎたが、設定「止められない仮徴収を0円に変更する」により、仮徴収額を0円に変更する(これまで 9,300円) → 0円',
    )
    expect(linesFor(t57('ccc???', 'ddooooooo'), 57_000, 'KOZ')).toContain(
      '特別徴収10月・12月・2月(各): まだ依頼していないため、依頼せず0円とする(これまで 9,700円) → 0円',
    )
    expect(linesFor(t57('cccxls', 'ddddooooo'), 57_000, 'FAL').slice(3, 5)).toEqual([
      '特別徴収10月: 徴収不能となったため、0円とする(これまで 9,700円) → 0円',
      '特別徴収12月・2月(各): 年金からは徴収されないため、0円とする(これまで 9,700円) → 0円',
    ])
    expect(linesFor(t57('???lss', 'ddooooooo'), 57_000, 'REF', { fromMonth: 10 })).toContain(
      '特別徴収10月・12月・2月(各): 依頼が受け付けられなかったため、0円とする(これまで 9,700円) → 0円',
    )
  })

  it('I22: a refused stop comes back, the next is sent again', () => {
    const before = {
      t: ['ccclls', [...n(3, 9300), 9700, 0, 0]],
      tOrdered: T57,
      f: ['ddddooooo', [...n(5, 0), 2800, ...n(3, 2600)]],
    } as const
    expect(linesFor(before, 48_200, 'RFS').slice(0, 6)).toEqual([
      `異動の事由: 送った中止が受け付けられなかった事由 → 中止の不可 ${REFUSED_STOP}`,
      'これまでの賦課額: 特別徴収 9,300円 × 3回(4月・6月・8月)+ 9,700円(10月)+ 普通徴収 2,800円(12月)+ 2,600円 × 3期(1月〜3月) → 48,200円',
      `特別徴収の扱い: 送った中止が受け付けられなかったため、止める期限を過ぎた12月は徴収される。まだ止められる2月は、もう一度中止を送る → 中止 ${REFUSED_STOP}`,
      '特別徴収12月: 受け付けられなかったため、依頼した 9,700円 のまま徴収される。賦課額を 0円 から戻す → 9,700円',
      '特別徴収2月: 賦課額はすでに0円。依頼した 9,700円 を止めるよう、もう一度知らせる → 0円',
      '変更できない額: 特別徴収 9,300円 × 3回(4月・6月・8月、徴収済み)+ 9,700円(10月、止める期限を過ぎた)+ 9,700円(12月、依頼した額に戻した) → 47,300円',
    ])
  })

  it('a refused stop with nothing left to stop goes on; one whose day has not passed is only sent again', () => {
    const december = (state: string): Year => ({
      t: [`ccc?${state}?`, n(6, 0)],
      tOrdered: [0, 0, 0, 0, 9700, 0],
      f: ['o', [9700]],
    })
    expect(linesFor(december('l'), 9700, 'RFS')).toContain(
      `特別徴収の扱い: 送った中止が受け付けられなかったため、止める期限を過ぎた12月は徴収される。もう一度中止を送る回は、今年度にはない → 継続 ${REFUSED_STOP}`,
    )
    expect(linesFor(december('s'), 9700, 'RFS')).toContain(
      `特別徴収の扱い: 送った中止が受け付けられなかったため、止める期限を過ぎて徴収される回はない。まだ止められる12月は、もう一度中止を送る → 中止 ${REFUSED_STOP}`,
    )
  })

  it('an increase that moves to 特別徴収 at once is not what was charged until now', () => {
    const f7300: Year = { f: ['ddddddddo', n(9, 7300)] }
    const more = { fromMonth: 2, otherEvents: ['INC-F'] }
    expect(linesFor(f7300, 66_700, 'ADD', more)).toContain('普通徴収3月: 特別徴収に移す(増額の後 8,300円) → 0円')
    expect(linesFor(f7300, 65_000, 'ADD', { ...more, otherEvents: ['DEC-F'] })).toContain(
      '普通徴収3月: 特別徴収に移す(減額の後 6,600円) → 0円',
    )
  })

  it.each<[string, number | undefined, string | undefined]>([
    ['LOS', 7, '新しい年額は、資格のある 7か月分の額 → 7か月'],
    ['LOS', 12, '新しい年額は、資格のある 12か月分の額 → 12か月'],
    ['DTH', undefined, '月数の入力なし。新しい年額を、月割の済んだ額としてそのまま使う → 入力なし'],
    ['ACQ', undefined, '月数の入力なし。新しい年額を、月割の済んだ額としてそのまま使う → 入力なし'],
    ['MOV', 7, '新しい年額は、この市町村の分とされた 7か月分の額(広域連合の決定) → 7か月'],
    ['DEC-F', 7, '新しい年額は、資格のある 7か月分の額 → 7か月'],
    ['DEC-F', 12, undefined],
    ['DEC-F', undefined, undefined],
  ])('months of a year: %s %s', (event, months, line) => {
    const lines = linesFor(f63('dddddoooo'), 50_000, event, months === undefined ? {} : { months })
    expect(lines.find((one) => one.startsWith('年額の月数: '))).toBe(line && `年額の月数: ${line}`)
  })

  it('a refused change of 仮徴収: 本徴収 is worked out anew', () => {
    const before = {
      t: ['cll???', [9300, 5000, 5000, ...n(3, 12_000)]],
      tOrdered: [...n(3, 9300), ...n(3, 12_000)],
      f: ['', []],
    } as const
    const basis =
      '[3回で等しく割り、100円未満の端数は10月に合わせる(高齢者医療確保法施行規則100条)〔出典: 能美市、厚木市(介護)、琴浦町〕]'
    expect(linesFor(before, 57_100, 'RFC').slice(3)).toEqual([
      '特別徴収6月・8月(各): 受け付けられなかったため、依頼した 9,300円 のまま徴収される。賦課額を 5,000円 から戻す → 9,300円',
      '10月・12月・2月の計: 新しい年額 57,100円 − ほかの期 特別徴収 9,300円 × 3回(4月・6月・8月) → 29,200円',
      `特別徴収12月・2月(各): 3回の計 29,200円 ÷ 3回 = 9,733円(1円未満切捨て)、100円未満切捨て → 9,700円 ${basis}`,
      '特別徴収10月: 3回の計 29,200円 − 12月 9,700円 − 2月 9,700円(端数は10月に合わせる) → 9,800円',
      '特別徴収10月: 割り直した額(これまで 12,000円) → 9,800円',
      '特別徴収12月・2月(各): 割り直した額(これまで 12,000円) → 9,700円',
      '変更できない額: 特別徴収 9,300円(4月、徴収済み)+ 9,300円 × 2回(6月・8月、依頼した額に戻した)+ 9,800円(10月、求め直した額)+ 9,700円 × 2回(12月・2月、求め直した額) → 57,100円',
      '割り振る額: 新しい年額 57,100円 − 変更できない額 57,100円 → 0円',
      'まだ変更できる期の賦課額: まだ変更できる期はない → 0円',
      '割り振り: 割り振る額 0円 はまだ変更できる期の賦課額と同じため、普通徴収に増減はない → 増減なし',
      '検算: 特別徴収 9,300円 × 3回(4月・6月・8月)+ 9,800円(10月)+ 9,700円 × 2回(12月・2月)。年額と同じ → 57,100円',
    ])
  })

  it('a corrected 仮徴収, shared by June and August; or nothing left for them', () => {
    const before = { t: ['cgg', n(3, 9300)], f: ['', []] } as const
    expect(linesFor(before, 20_000, 'KAR').slice(3, 8)).toEqual([
      '6月・8月の計: 新しい年額 20,000円 − ほかの期 特別徴収 9,300円(4月) → 10,700円',
      '1回の額: 10,700円 ÷ 2回 = 5,350円、100円未満切捨て → 5,300円 [特別徴収の端数は普通徴収と同じに置く〔要確認〕]',
      '最初の回(6月)の額: 10,700円 − 5,300円 × 1回(端数は最初の回に合わせる) → 5,400円 [特別徴収の端数は普通徴収と同じに置く〔要確認〕]',
      '特別徴収6月: 割り直した額(これまで 9,300円) → 5,400円',
      '特別徴収8月: 割り直した額(これまで 9,300円) → 5,300円',
    ])
    expect(linesFor(before, 9000, 'KAR').slice(3, 5)).toEqual([
      '6月・8月の計: 新しい年額 9,000円 からほかの期 特別徴収 9,300円(4月)を引くと、残りがない → 0円',
      '特別徴収6月・8月(各): 割り直した額(これまで 9,300円) → 0円',
    ])
  })

  it('I20 in one sum: what failed goes whole to the next period', () => {
    const more = { options: { failedPlacement: 'next-period' } }
    expect(
      from('最初の期に加える徴収不能額', linesFor(t57('cccxls', 'ddddooooo'), 57_000, 'FAL', more)).slice(0, -1),
    ).toEqual([
      `最初の期に加える徴収不能額: 徴収不能となった10月の 9,700円。${NEXT}により、最初の期に加える → 9,700円 [${NEXT}〔要確認〕]`,
      '残りの加える額: 普通徴収に加える額 29,100円 − 徴収不能額 9,700円 → 19,400円',
      `1期に加える額: 19,400円 ÷ 5期 = 3,880円、100円未満切捨て → 3,800円 ${UNIT}`,
      `最初の期(11月)に加える額: 19,400円 − 3,800円 × 4期(端数は最初の期に合わせる) → 4,200円 ${FIRST}`,
      '普通徴収11月: 0円 + 9,700円 + 4,200円 → 13,900円',
      '普通徴収12月〜3月(各): 0円 + 3,800円 → 3,800円',
    ])
    expect(
      from('最初の期に加える徴収不能額', linesFor(t57('cccxls', 'ddddooooo'), 37_000, 'FAL', more)).slice(0, -1),
    ).toEqual([
      `最初の期に加える徴収不能額: 徴収不能となった10月の 9,700円 のうち、普通徴収に加える額 9,100円 まで。${NEXT}により、最初の期に加える → 9,100円 [${NEXT}〔要確認〕]`,
      '残りの加える額: 普通徴収に加える額 9,100円 − 徴収不能額 9,100円 → 0円',
      '普通徴収11月: 0円 + 9,100円 → 9,100円',
    ])
  })

  it('the open periods anew, with what is more', () => {
    const more = { options: { increaseF: 'resplit' } }
    expect(from('割り直す額', linesFor(f63('dddoooooo'), 74_500, 'INC-F', more)).slice(0, -1)).toEqual([
      '割り直す額: 普通徴収 7,000円 × 6期(10月〜3月)+ 普通徴収に加える額 11,500円。設定「普通徴収の増額: 残りの期を割り直す」により、合わせて割り直す → 53,500円 [設定「普通徴収の増額: 残りの期を割り直す」〔要確認〕]',
      `1期の額: 53,500円 ÷ 6期 = 8,916円(1円未満切捨て)、100円未満切捨て → 8,900円 ${UNIT}`,
      `最初の期(10月)の額: 53,500円 − 8,900円 × 5期(端数は最初の期に合わせる) → 9,000円 ${FIRST}`,
      '普通徴収10月: 割り直した額(これまで 7,000円) → 9,000円',
      '普通徴収11月〜3月(各): 割り直した額(これまで 7,000円) → 8,900円',
    ])
  })

  it('less: anew, from the last, in one sum, or nothing at all', () => {
    expect(from('割り振り', linesFor(f63('dddoooooo'), 52_400, 'DEC-F')).slice(0, 2)).toEqual([
      '割り振り: 割り振る額 31,400円 はまだ変更できる期の賦課額 42,000円 より少ないため、賦課額のある期に割り直す → 10月〜3月(6期) [設定「普通徴収の減額: 残りの期を割り直す」〔要確認〕]',
      `1期の額: 31,400円 ÷ 6期 = 5,233円(1円未満切捨て)、100円未満切捨て → 5,200円 ${UNIT}`,
    ])
    const last = linesFor(f63('dddoooooo'), 52_400, 'DEC-F', { options: { decreaseF: 'from-last' } })
    expect(from('減らす額', last).slice(0, -1)).toEqual([
      '減らす額: まだ変更できる期の賦課額 42,000円 − 割り振る額 31,400円。設定「普通徴収の減額: 後の期から減らす」により、後の期から順に減らす → 10,600円 [設定「普通徴収の減額: 後の期から減らす」〔要確認〕]',
      '普通徴収3月: 7,000円 をすべて減らす。減らす額の残りは 10,600円 − 7,000円 = 3,600円 → 0円',
      '普通徴収2月: 7,000円 − 減らす額の残り 3,600円 → 3,400円',
    ])
    const single = linesFor(f63('ddddooooo'), 31_500, 'DTH', { options: { lossSettlement: 'single' } })
    expect(from('割り振り', single).slice(0, -1)).toEqual([
      '割り振り: 割り振る額 3,500円 を、設定「資格喪失の精算: 1期にまとめる」により、まだ変更できる最初の期にまとめる → 11月 [設定「資格喪失の精算: 1期にまとめる」〔要確認〕]',
      '普通徴収11月: まとめた額(これまで 7,000円) → 3,500円',
      '普通徴収12月〜3月(各): 最初の期にまとめる(これまで 7,000円) → 0円',
      '納める人: 亡くなった人の残りの保険料は、相続人に納めていただく → 相続人 [〔出典: 国分寺市、宮代町〕]',
    ])
    expect(from('割り振り', linesFor(f63('ddddddooo'), 42_000, 'MOV')).slice(0, -1)).toEqual([
      '割り振り: 割り振る額 0円 はまだ変更できる期の賦課額 21,000円 より少ないため、賦課額のある期をすべて0円とする → 1月〜3月(3期)',
      '普通徴収1月〜3月(各): 割り振る額がない(これまで 7,000円) → 0円',
    ])
  })

  it('the periods that receive after a stop', () => {
    const targets = (before: Year, more: JsonRecord): string | undefined =>
      linesFor(before, 57_000, 'KOZ', more).find((line) => line.startsWith('割り振る期'))
    expect(targets(t57('ccclss', 'ddooooooo'), { options: { stopPlacement: 'all-open' } })).toBe(
      '割り振る期: 設定「中止後の割り振り: 変更できるすべての期」により、まだ変更できるすべての期 → 9月〜3月(7期) [設定「中止後の割り振り: 変更できるすべての期」〔要確認〕]',
    )
    const toJanuary = { ...t57('cccccs', 'oo'), fMonths: [12, 1] }
    expect(targets(toJanuary, { fromMonth: 2 })).toBe(
      '割り振る期: 特別徴収がなくなる2月以後に変更できる期がないため、まだ変更できるすべての期 → 12月・1月(2期) [設定「中止後の割り振り: 中止月以後の期」〔要確認〕]',
    )
  })

  it('why an open 期 before the stop receives nothing', () => {
    expect(linesFor(t57('ccclss', 'ddooooooo'), 57_000, 'KOZ')).toContain(
      '割り振る期: 特別徴収がなくなる12月以後の、まだ変更できる期。9月〜11月も変更できるが、その前のため加えない → 12月〜3月(4期) [設定「中止後の割り振り: 中止月以後の期」〔要確認〕]',
    )
    expect(linesFor(t57('cccxls', 'ddddooooo'), 57_000, 'FAL')).toContain(
      '割り振る期: 特別徴収がなくなる10月以後の、まだ変更できる期 → 11月〜3月(5期) [設定「中止後の割り振り: 中止月以後の期」〔要確認〕]',
    )
  })

  it('no 期 left: one 随時期, at once where the pension stopped', () => {
    const due = '期がないときは一つの随時期とする。随時期の納期限は通知の翌月の末日〔要確認〕'
    expect(linesFor(f63('ddddddddd'), 74_500, 'INC-F')).toContain(
      `随時期: この額を加える期がないため、随時期で納めていただく → 11,500円 [${due}]`,
    )
    expect(linesFor(t57('cccxls', 'ddddddddd'), 57_000, 'FAL')).toContain(
      `随時期: この額を加える期がないため、随時期で納めていただく → 29,100円 [特別徴収できなくなった残りは以後の納期に、納期がなければ直ちに納める(介護保険法139条1項(高齢者医療確保法110条で準用))。${due}]`,
    )
  })

  it('a stop that leaves nothing to pay promises no 普通徴収; one without a law of its own cites none', () => {
    expect(linesFor(t57('ccclss', 'ddooooooo'), 25_000, 'DEC-T')).toContain(
      `特別徴収の扱い: 年額が 57,000円 から 25,000円 に減るため止める → 中止 ${LOWERED}`,
    )
    expect(linesFor(t57('ccclss', 'ddooooooo'), 57_000, 'DIS')).toContain(
      '特別徴収の扱い: 「災害その他の事情」のため、止められる回を止める → 中止',
    )
  })

  it('nothing moves in 普通徴収, and then 特別徴収 takes it over; or starts next year', () => {
    expect(linesFor(f63('dddoooooo'), 63_000, 'ADD', { fromMonth: 12 })).toContain(
      '割り振り: 割り振る額 42,000円 はまだ変更できる期の賦課額と同じため、普通徴収に増減はない。続いて特別徴収に移す → 増減なし',
    )
    const nextYear = linesFor(f63('dddoooooo'), 63_000, 'ADD-k', { fromMonth: 8 })
    expect(nextYear).toContain(
      '割り振り: 割り振る額 42,000円 はまだ変更できる期の賦課額と同じため、普通徴収に増減はない → 増減なし',
    )
    expect(nextYear).toContain(
      '特別徴収の扱い: 特別徴収を翌年度に新しく始める。8月に始めるには、6月20日までに年金保険者へ依頼する → 開始 [高齢者医療確保法施行令32条]',
    )
    expect(linesFor(f63('dddoooooo'), 30_000, 'DTH', { otherEvents: ['ADD-k'], fromMonth: 4 })).toContain(
      '特別徴収の開始: 特別徴収を止める異動か、止める回があるため、始めない → しない',
    )
  })

  it('the open periods anew where nothing was charged on them', () => {
    const more = { options: { increaseF: 'resplit' } }
    expect(linesFor({ f: ['doo', n(3, 0)] }, 9000, 'ACQ', more)).toContain(
      '割り直す額: 普通徴収に加える額 9,000円。設定「普通徴収の増額: 残りの期を割り直す」により、合わせて割り直す → 9,000円 [設定「普通徴収の増額: 残りの期を割り直す」〔要確認〕]',
    )
  })

  it('who comes pays from the month of coming', () => {
    expect(linesFor(f63('dddoooooo'), 63_000, 'ACQ', { months: 6 })[0]).toBe(
      '異動の事由: 普通徴収の期に割り振る事由 → 資格取得 [保険料は、資格を取得した日の属する月から〔出典: 兵庫県広域連合「保険料」、宍粟市〕。通知は取得の翌月か翌々月のため、残る期が少なくなる〔出典: 枚方市、見附市、長岡市〕]',
    )
  })

  it('減免 reaches what falls due after the application', () => {
    expect(linesFor(f63('dddoooooo'), 43_000, 'GEN', { fromMonth: 9 })).toContain(
      'まだ変更できる期の賦課額: 普通徴収 7,000円(9月、減免の申請の後に納期限が来る)+ 7,000円 × 6期(10月〜3月) → 49,000円 [設定「減免を申請日以後の未納の期に及ぼす」〔要確認〕]',
    )
  })

  it('a past year: one 随時, backwards, or nothing', () => {
    expect(linesFor(f63('ppppppppp'), 74_500, 'PST+').slice(2)).toEqual([
      LAST_DAY,
      '増える額: 新しい年額 74,500円 − これまでの賦課額 63,000円 → 11,500円',
      '随時期: 過年度の期は割り直さず、増える額を今年度の随時期で納めていただく → 11,500円 [過年度の期は割り直さない〔要確認〕。随時期の納期限は通知の翌月の末日〔要確認〕]',
      '検算: 普通徴収 7,000円 × 9期(7月〜3月)+ 随時期 11,500円。年額と同じ → 74,500円',
    ])
    expect(linesFor(f63('ppppppppp'), 61_000, 'PST-').slice(2, 5)).toEqual([
      LAST_DAY,
      '減らす額: これまでの賦課額 63,000円 − 新しい年額 61,000円。過年度の期は割り直さず、この額を後の期から順に減らす → 2,000円 [過年度の期は割り直さない〔要確認〕。設定「さかのぼる順: 後の期から」〔要確認〕]',
      '普通徴収3月: 7,000円 − 減らす額 2,000円。すでに納付されているため、差額は過納となる(還付または充当) → 5,000円',
    ])
    expect(linesFor(f63('ppppppppp'), 63_000, 'PST-')[2]).toBe(
      '割り振り: 年額が変わらないため、期別の額は変えない → 変更なし',
    )
  })

  it('特別徴収 that begins takes what it may, the rest stays', () => {
    const f6200: Year = { f: ['dddoooooo', n(9, 6200)] }
    const most = { fromMonth: 12, options: { additionalStartAmount: 'annual/6' } }
    expect(from('移すことのできる額', linesFor(f6200, 55_800, 'ADD', most)).slice(0, -1)).toEqual([
      '移すことのできる額: 12月以後の、まだ変更できる期。普通徴収 6,200円 × 4期(12月〜3月) → 24,800円 [設定「追加開始の額: 1回は年額の6分の1まで」〔要確認〕]',
      '上限をかける前の1回の額: 24,800円 ÷ 2回 = 12,400円 → 12,400円 [特別徴収の端数は普通徴収と同じに置く〔要確認〕]',
      `上限をかける前の最初の回の額: 24,800円 − 12,400円 × 1回(端数はない) → 12,400円`,
      '1回の上限: 設定「追加開始の額: 1回は年額の6分の1まで」により、年額 55,800円 ÷ 6回 = 9,300円 → 9,300円',
      '特別徴収12月・2月(各): 1回の上限まで移す → 9,300円',
      '特別徴収に移す額: 特別徴収 9,300円 × 2回(12月・2月) → 18,600円',
      '普通徴収に残る額: 24,800円 − 特別徴収 9,300円 − 9,300円 → 6,200円',
      `残る期の1期の額: 6,200円 ÷ 4期 = 1,550円、100円未満切捨て → 1,500円 ${UNIT}`,
      `残る期の最初の額: 6,200円 − 1,500円 × 3期(端数は最初の期に合わせる) → 1,700円 ${FIRST}`,
      '普通徴収12月: 特別徴収に移した残り(これまで 6,200円) → 1,700円',
      '普通徴収1月〜3月(各): 特別徴収に移した残り(これまで 6,200円) → 1,500円',
    ])
    const one: Year = { f: ['ddddddddo', n(9, 6200)] }
    const few = { fromMonth: 2, options: { additionalStartAmount: 'annual/6' } }
    expect(from('移すことのできる額', linesFor(one, 55_800, 'ADD', few)).slice(0, -1)).toEqual([
      '移すことのできる額: 2月以後の、まだ変更できる期。普通徴収 6,200円(3月) → 6,200円 [設定「追加開始の額: 1回は年額の6分の1まで」〔要確認〕]',
      '1回の上限: 設定「追加開始の額: 1回は年額の6分の1まで」により、年額 55,800円 ÷ 6回 = 9,300円 → 9,300円',
      '特別徴収2月: 普通徴収から移した額 → 6,200円',
      '特別徴収に移す額: 特別徴収 6,200円(2月) → 6,200円',
      '普通徴収3月: 特別徴収に移す(これまで 6,200円) → 0円',
    ])
    const much: Year = { f: ['ddddddddo', [...n(8, 1000), 6200]] }
    expect(from('1回の上限', linesFor(much, 14_200, 'ADD', few)).slice(1, -1)).toEqual([
      '特別徴収2月: 1回の上限まで移す → 2,300円',
      '特別徴収に移す額: 特別徴収 2,300円(2月) → 2,300円',
      '普通徴収に残る額: 6,200円 − 特別徴収 2,300円 → 3,900円',
      '普通徴収3月: 特別徴収に移した残り(これまで 6,200円) → 3,900円',
    ])
    const raised = linesFor(f6200, 60_000, 'INC-F', { otherEvents: ['ADD'], fromMonth: 2 })
    expect(from('普通徴収10月', raised)).toEqual([
      '普通徴収10月〜3月(各): 6,200円 + 700円 → 6,900円',
      '特別徴収の条件: 年金額と2分の1は、試算「特別徴収の判定」で別に調べる(ここでは調べていない) → 別に試算する [高齢者医療確保法施行令22条・23条]',
      '特別徴収に移す額: 2月以後の、まだ変更できる期。普通徴収 6,900円 × 2期(2月・3月) → 13,800円 [設定「追加開始の額: 残りの普通徴収をすべて移す」〔要確認〕]',
      '特別徴収2月: 普通徴収から移した額 → 13,800円',
      '普通徴収2月・3月(各): 特別徴収に移す(増額の後 6,900円) → 0円',
      '検算: 特別徴収 13,800円(2月)+ 普通徴収 6,200円 × 3期(7月〜9月)+ 6,900円 × 4期(10月〜1月)。年額と同じ → 60,000円',
    ])
    expect(linesFor(f63('dddoooooo'), 30_000, 'DTH', { otherEvents: ['ADD'], fromMonth: 12 })).toContain(
      '特別徴収の開始: 特別徴収を止める異動か、止める回があるため、始めない → しない',
    )
  })

  it('I24c: what will be asked for next year', () => {
    const before: Year = { f: ['ddddddooo', [...n(4, 0), 6100, ...n(4, 5700)]] }
    expect(from('年額換算', linesFor(before, 28_900, 'ADD-k', { fromMonth: 6, months: 6 })).slice(0, -1)).toEqual([
      '年額換算: 28,900円 × 12か月 ÷ 6か月 → 57,800円',
      '1回の仮徴収額: 28,900円 × 12か月 ÷ 6か月 ÷ 6回(4月から2月までの回数) = 9,633円(1円未満切捨て)、100円未満切捨て。決まった年額との差は10月から後で精算する → 9,600円 [年額換算の6分の1〔出典: 厚木市(介護)、土浦市、宇部市〕]',
      '翌年度の特別徴収: 翌年度の6月・8月に、1回の額を徴収する。今年度の賦課額は変わらない → 6月・8月',
    ])
    expect(linesFor(f63('dddoooooo'), 63_000, 'ADD-k', { fromMonth: 4 })).toContain(
      '年額換算: 今年度は12か月分のため、そのままの額 → 63,000円',
    )
  })
})
