import { ok } from '#kernel/result.ts'
import { yenToJson } from '#kernel/yen.ts'
import {
  type HalfTestBasis,
  judgeTokucho,
  MINIMUM_PENSION_YEN,
  TOKUCHO_REASONS,
  type TokuchoJudgement,
} from '../tokucho/judge-tokucho.ts'
import { PENSION_CODES } from '../tokucho/pension-order.ts'
import { defineShisan, type ExplainLine, refuse, sayYen } from './definition.ts'
import { sayQuotient } from './say-quotient.ts'
import { sayChoice } from './say-setting.ts'
import { choice, flag, list, record, refusing, text, withDefault, yen } from './schema.ts'

const PRINTED = '尾張旭市「特別徴収の判定」(印刷された例)'
const ALONE = { kaigoIsTokucho: true, kaigoPerPaymentYen: 0, kokiAnnualYen: 0 }

/** O-30 gives the sum of 後期 and 介護 only; here 介護 is the part that is not a sixth of 60,000 円. */
const halfOf816000 = (id: string, kaigoPerPaymentYen: number, eligible: boolean) => ({
  id,
  source: PRINTED,
  input: {
    pensions: [{ annualYen: 816_000, code: '日本年金機構 老齢基礎' as const }],
    kaigoPerPaymentYen,
    kokiAnnualYen: 60_000,
    kaigoIsTokucho: true,
  },
  expected: {
    eligible,
    reason: eligible ? '対象' : 'T06 2分の1超過',
    perPaymentYen: 136_000,
    limitYen: 68_000,
  },
})

const single = (
  id: string,
  annualYen: number,
  more: {
    readonly kaigoPerPaymentYen: number
    readonly kokiAnnualYen: number
    readonly halfTestBasis?: HalfTestBasis
    readonly orderedYen?: readonly number[]
  },
  [reason, perPaymentYen, limitYen]: readonly [string, number, number],
) => ({
  id,
  source: '高齢者医療確保法施行令22・23条、高齢者医療確保法施行規則96〜98条から算出 [derived]',
  input: { pensions: [{ annualYen }], kaigoIsTokucho: true, ...more },
  expected: { eligible: reason === '対象', reason, perPaymentYen, limitYen },
})

const HEIJUNKA = { kokiAnnualYen: 0, halfTestBasis: 'first-ordered' as const }

/** Conditions of 特別徴収 that no input tells. */
const UNTESTED = '口座振替の申出、住所地特例、支払停止・担保、災害などの事情、捕捉の時期'

const HALF_TEST_BASIS = withDefault(
  choice('2分の1判定の後期の額', [
    ['annual/6', '年額 ÷ 6'],
    ['first-ordered', '初回の依頼額'],
    ['greatest-ordered', '最大の依頼額'],
  ]),
  'annual/6',
)

export const tokuchoHantei = defineShisan({
  name: 'tokucho-hantei',
  term: '特別徴収の判定',
  summary: '年金から保険料を特別徴収できるかどうかを、年金額と2分の1判定で調べます。',
  basis: [
    '年額18万円以上の一つの年金があること。二つの年金は合算しない(高齢者医療確保法施行令22条)[source: さいたま市]',
    '介護保険料が同じ市町村で、同じ年金から特別徴収されていること(高齢者医療確保法施行令23条2号)[source: さいたま市; 逗子市; むつ市]',
    '1回分の後期と介護の合計が、年金1回分の2分の1を超えないこと。ちょうど2分の1は対象(高齢者医療確保法施行令23条1号、高齢者医療確保法施行規則96〜98条)[source: 尾張旭市]',
    '後期の1回分は年額 ÷ 6 とする [source: 逗子市]',
    '年金の順位は額によらない。順位が先の年金で2分の1を超えても、次の年金は使わない [source: 栃木市; 伊東市]',
  ],
  formula: [
    '年金1回分 = 年金年額 ÷ 6(1円未満切捨て)',
    '2分の1 = 年金1回分 ÷ 2(1円未満切捨て)',
    '後期の1回分 = 年額 ÷ 6(1円未満切捨て)。設定「2分の1判定の後期の額」により、初回または最大の依頼額',
    '後期の1回分 + 介護の1回分 ≦ 2分の1 なら対象',
  ],
  doubts: [
    '後期の年額 ÷ 6 と、年金1回分の2分の1の端数処理は示されていない。ここでは1円未満を切り捨てる [own knowledge, verify]。',
    '年金の順位は要約による。正しい順位は介護保険法施行令42条の一覧で確かめる。介護と同じ年金を使う(高齢者医療確保法施行令24条)ので、介護で使う年金が分かるときはそれだけを入れる。',
    `${UNTESTED}は、ここでは調べない。`,
  ],
  input: record(
    '入力',
    {
      pensions: list(
        '年金',
        record(
          '年金',
          { annualYen: yen('年金年額') },
          {
            code: refusing(
              choice('年金の区分', PENSION_CODES, '優先順位に使う。入れないときは入力の順'),
              '「日本年金機構 老齢基礎」のように、支払者と種類(老齢基礎・旧法老齢・障害・遺族)を空白でつなぎます。支払者は、日本年金機構・国家公務員共済・日本年金機構(旧農林共済)・私学事業団・地方公務員共済です。',
            ),
          },
        ),
        { minItems: 0, maxItems: 10 },
      ),
      kaigoPerPaymentYen: yen('介護保険料の1回分'),
      kokiAnnualYen: yen('後期の年額'),
      kaigoIsTokucho: flag('介護保険料を特別徴収している', '同じ市町村で、同じ年金から'),
    },
    {
      halfTestBasis: HALF_TEST_BASIS,
      orderedYen: list('各回の依頼額', yen('額'), {
        description: '依頼額で判定するときだけ使う',
        minItems: 1,
        maxItems: 6,
      }),
    },
  ),
  output: record('結果', {
    eligible: flag('特別徴収の対象'),
    reason: text('理由', { maxLength: 40 }),
    perPaymentYen: yen('年金1回分'),
    limitYen: yen('その2分の1'),
  }),
  examples: [
    halfOf816000('O-30 ちょうど2分の1', 58_000, true),
    halfOf816000('O-30 2分の1を超える', 58_001, false),
    {
      id: 'O-32',
      source: 'さいたま市「特別徴収の対象」',
      input: { pensions: [{ annualYen: 150_000 }, { annualYen: 140_000 }], ...ALONE },
      expected: { eligible: false, reason: 'T03 年金額18万円未満', perPaymentYen: 25_000, limitYen: 12_500 },
    },
    single('3.4 §9 K18 322,200円', 780_000, { kaigoPerPaymentYen: 11_300, kokiAnnualYen: 322_200 }, [
      '対象',
      130_000,
      65_000,
    ]),
    single('3.4 §9 K18 322,300円', 780_000, { kaigoPerPaymentYen: 11_300, kokiAnnualYen: 322_300 }, [
      'T06 2分の1超過',
      130_000,
      65_000,
    ]),
    single('3.4 §9 K19 180,000円', 180_000, { kaigoPerPaymentYen: 0, kokiAnnualYen: 0 }, ['対象', 30_000, 15_000]),
    single('3.4 §9 K19 179,999円', 179_999, { kaigoPerPaymentYen: 0, kokiAnnualYen: 0 }, [
      'T03 年金額18万円未満',
      29_999,
      14_999,
    ]),
    single('3.5 §9 I24d', 204_000, { kaigoPerPaymentYen: 9300, kokiAnnualYen: 46_200 }, ['対象', 34_000, 17_000]),
    single(
      '3.5 §9 I24d 最大の依頼額',
      204_000,
      { kaigoPerPaymentYen: 9300, kokiAnnualYen: 46_200, halfTestBasis: 'greatest-ordered', orderedYen: [12_400] },
      ['T06 2分の1超過', 34_000, 17_000],
    ),
    single('3.3 §8 #15 36,600円', 600_000, { kaigoPerPaymentYen: 13_400, ...HEIJUNKA, orderedYen: [36_600] }, [
      '対象',
      100_000,
      50_000,
    ]),
    single('3.3 §8 #15 36,601円', 600_000, { kaigoPerPaymentYen: 13_400, ...HEIJUNKA, orderedYen: [36_601] }, [
      'T06 2分の1超過',
      100_000,
      50_000,
    ]),
    single('3.3 §8 #16 58,008円', 813_700, { kaigoPerPaymentYen: 9800, ...HEIJUNKA, orderedYen: [58_008] }, [
      '対象',
      135_616,
      67_808,
    ]),
    single('3.3 §8 #16 58,009円', 813_700, { kaigoPerPaymentYen: 9800, ...HEIJUNKA, orderedYen: [58_009] }, [
      'T06 2分の1超過',
      135_616,
      67_808,
    ]),
    {
      id: '介護が普通徴収',
      source: '高齢者医療確保法施行令23条2号',
      input: { ...ALONE, pensions: [{ annualYen: 816_000 }], kaigoIsTokucho: false },
      expected: { eligible: false, reason: 'T04 介護保険料が普通徴収' },
    },
    {
      id: '依頼額がない',
      source: '試算の入力の決まり',
      input: { ...ALONE, pensions: [{ annualYen: 816_000 }], halfTestBasis: 'first-ordered' },
      refusedAt: '/orderedYen',
    },
  ],
  compute({ pensions, kaigoPerPaymentYen, kokiAnnualYen, kaigoIsTokucho, halfTestBasis, orderedYen }) {
    const judged = judgeTokucho({
      pensions: pensions.map(({ annualYen, code }) => ({ annualYen: BigInt(annualYen), code })),
      kaigoPerPaymentYen: BigInt(kaigoPerPaymentYen),
      kokiAnnualYen: BigInt(kokiAnnualYen),
      kaigoIsTokucho,
      halfTestBasis,
      orderedYen: (orderedYen ?? []).map(BigInt),
    })
    if (!judged.ok)
      return refuse(
        '/orderedYen',
        '依頼額で判定するのに、各回の依頼額がありません。',
        '各回の依頼額を入れるか、年額 ÷ 6 で判定してください。',
      )
    const { eligible, reasons, half } = judged.value
    const [main] = reasons
    return ok({
      output: {
        eligible,
        reason: main === undefined ? '対象' : `${main} ${TOKUCHO_REASONS[main]}`,
        perPaymentYen: yenToJson(half.perPaymentYen),
        limitYen: yenToJson(half.limitYen),
      },
      lines: [
        pensionLine(judged.value, pensions.length),
        {
          label: '介護保険料',
          how: kaigoIsTokucho
            ? '同じ市町村で、同じ年金から特別徴収されている(入力による)'
            : '同じ市町村で同じ年金から特別徴収されていないため、後期も特別徴収できない',
          value: kaigoIsTokucho ? '適' : '不適',
          basis: '高齢者医療確保法施行令23条2号 [source: さいたま市; 逗子市; むつ市]',
        },
        ...halfLines(
          judged.value,
          kokiLine(judged.value, halfTestBasis, BigInt(kokiAnnualYen), orderedYen ?? []),
          BigInt(kaigoPerPaymentYen),
        ),
        {
          label: '判定',
          how: eligible
            ? `ここで調べた条件(年金額・介護・2分の1)を満たす。${UNTESTED}は調べていない`
            : `満たさない条件: ${reasons.map((one) => TOKUCHO_REASONS[one]).join('、')}`,
          value: eligible ? '特別徴収' : '普通徴収',
        },
      ],
    })
  },
})

function pensionLine({ pension }: TokuchoJudgement, count: number): ExplainLine {
  const label = '対象の年金'
  const basis = '高齢者医療確保法施行令22条 [source: さいたま市]'
  if (pension === null) return { label, how: '年金の情報がない', value: 'なし', basis }
  const least = sayYen(MINIMUM_PENSION_YEN)
  const value = sayYen(pension.annualYen)
  const name = pension.code === undefined ? '' : `${pension.code}: `
  if (pension.annualYen < MINIMUM_PENSION_YEN)
    return count === 1
      ? { label, how: `${name}年額が${least}に満たない`, value, basis }
      : { label, how: `${count}件のどの年金も、一つでは${least}に満たない(合算しない)。順位が先のもの`, value, basis }
  return count === 1
    ? { label, how: `${name}年額が${least}以上`, value, basis }
    : {
        label,
        how: `${name}${count}件のうち年額${least}以上で、優先順位が最も先のもの(額の大きさによらない。ほかの年金は使わない)。介護保険料を引いている年金と違わないか確認する(高齢者医療確保法施行令24条)`,
        value,
        basis: '高齢者医療確保法施行令22条、介護保険法施行令42条 [source: 栃木市; 伊東市]',
      }
}

const HALF_LAW = '高齢者医療確保法施行令23条1号、高齢者医療確保法施行規則96〜98条'
/** 年金年額 ÷ 6 is floored by law; of the other quotients no source says what becomes of less than a yen, and it can decide a case. */
const cutBasis = (rest: bigint, law = ' [own knowledge, verify: 端数]'): string =>
  rest === 0n ? '' : `。1円未満の切捨て${law}`
const ORDERED_BASIS = '依頼額で判定するかは団体による [own knowledge, verify]'

function kokiLine(
  { kokiPerPaymentYen }: TokuchoJudgement,
  basis: HalfTestBasis,
  annualYen: bigint,
  orderedYen: readonly number[],
): ExplainLine {
  const [label, value] = ['後期の1回分', sayYen(kokiPerPaymentYen)]
  const ordered = `${sayChoice(HALF_TEST_BASIS, basis)}により、各回の依頼額(${orderedYen.map((one) => sayYen(BigInt(one))).join('、')})`
  switch (basis) {
    case 'annual/6':
      return {
        label,
        how: `年額 ${sayYen(annualYen)} ÷ 6回 ${sayQuotient(annualYen, 6, 1n)}`,
        value,
        basis: `後期の1回分は年額の6分の1 [source: 逗子市]${cutBasis(annualYen % 6n)}`,
      }
    case 'first-ordered':
      return { label, how: `${ordered}のうち初回`, value, basis: ORDERED_BASIS }
    case 'greatest-ordered':
      return { label, how: `${ordered}のうち最大`, value, basis: ORDERED_BASIS }
    default:
      return basis satisfies never
  }
}

function halfLines(
  { pension, half, kokiPerPaymentYen }: TokuchoJudgement,
  koki: ExplainLine,
  kaigoYen: bigint,
): readonly ExplainLine[] {
  const { perPaymentYen, limitYen, sumYen, passes } = half
  const label = '2分の1判定'
  const basis = `${HALF_LAW} [source: 尾張旭市]`
  if (pension === null) return [{ label, how: '年金の情報がないため、判定しない', value: '—', basis }]
  const pensionLines = [
    {
      label: '年金1回分',
      how: `年金年額 ${sayYen(pension.annualYen)} ÷ 6回 ${sayQuotient(pension.annualYen, 6, 1n)}`,
      value: sayYen(perPaymentYen),
      basis: `年金1回分は年額の6分の1 [source: 逗子市]${cutBasis(pension.annualYen % 6n, `: ${HALF_LAW}`)}`,
    },
    {
      label: 'その2分の1',
      how: `${sayYen(perPaymentYen)} ÷ 2 ${sayQuotient(perPaymentYen, 2, 1n)}`,
      value: sayYen(limitYen),
      basis: `${basis}${cutBasis(perPaymentYen % 2n)}`,
    },
  ]
  if (pension.annualYen < MINIMUM_PENSION_YEN)
    return [...pensionLines, { label, how: '対象となる年金がないため、判定しない', value: '—', basis }]
  return [
    ...pensionLines,
    koki,
    {
      label,
      how: `後期 ${sayYen(kokiPerPaymentYen)} + 介護 ${sayYen(kaigoYen)} = ${sayYen(sumYen)} は ${sayYen(limitYen)} ${passes ? '以下(ちょうどは対象)' : 'を超える'}`,
      value: passes ? '適' : '不適',
      basis,
    },
  ]
}
