import { ok } from '#kernel/result.ts'
import { yenToJson } from '#kernel/yen.ts'
import { computeHokenryo, type Member, type PersonPremium } from '../hokenryo/compute-hokenryo.ts'
import { prefectureLabel, PREFECTURES } from '../hokenryo/prefectures.ts'
import { type NoTerms, type OwnRates, termsOf } from '../hokenryo/terms.ts'
import { defineShisan, refuse } from './definition.ts'
import { HOKENRYO_EXAMPLES } from './hokenryo-examples.ts'
import { explainHokenryo } from './hokenryo-lines.ts'
import { REDUCTION_NAMES } from './hokenryo-words.ts'
import {
  choice,
  fiscalYear,
  flag,
  integer,
  list,
  percent,
  record,
  refusing,
  type ValueOf,
  withDefault,
  yen,
} from './schema.ts'

const unit = (title: string) =>
  choice(title, [
    [1, '1円未満切捨て'],
    [10, '10円未満切捨て'],
    [100, '100円未満切捨て'],
  ])

const member = record(
  '世帯員',
  {
    pensionYen: yen('公的年金等の収入', { description: '前年。遺族年金・障害年金は入れない' }),
    age: integer('年齢', '歳', { minimum: 0, maximum: 130, description: '賦課年度の1月1日現在' }),
    isInsured: flag('被保険者', '後期高齢者医療の被保険者'),
    isHead: flag('世帯主', '被保険者でない世帯主も軽減の判定に入る'),
  },
  {
    salaryYen: withDefault(yen('給与収入', { description: '前年' }), 0),
    otherIncomeYen: withDefault(yen('その他の所得', { description: '前年。収入ではなく所得' }), 0),
    wasDependant: withDefault(
      flag('元被扶養者', '加入の前日に被用者保険の被扶養者だった人。加入の月から24か月以内'),
      false,
    ),
    insuredBeforeR6: withDefault(
      flag('令和6年度の限度額73万円', '昭和24年3月31日以前の生まれ、または令和7年3月31日までの障害認定'),
      false,
    ),
  },
)

const rates = record(
  '料率',
  { kintoYen: yen('均等割額', { description: '軽減前' }), ratePct: percent('所得割率', '小数第2位まで') },
  {
    lowRatePct: percent('58万円以下の所得割率', '令和6年度だけ'),
    kodomoKintoYen: yen('子ども分の均等割額', { description: '令和8年度から' }),
    kodomoRatePct: percent('子ども分の所得割率', '令和8年度から'),
    kintoUnitYen: unit('均等割の端数'),
    shotokuwariUnitYen: unit('所得割の端数'),
    totalUnitYen: unit('年額の端数'),
  },
)

const person = record(
  '被保険者',
  {
    kintoYen: yen('均等割額', { description: '軽減後。令和8年度からは医療分' }),
    shotokuwariYen: yen('所得割額', { maximum: 99_999_999_999, description: '令和8年度からは医療分' }),
    reduction: choice('軽減', Object.values(REDUCTION_NAMES)),
    annualYen: yen('年額'),
  },
  {
    iryoYen: yen('医療分', { description: '令和8年度から' }),
    kodomoYen: yen('子ども・子育て支援金分', { description: '令和8年度から' }),
    kodomoKintoYen: yen('子ども分の均等割額', { description: '軽減後。令和8年度から' }),
    kodomoShotokuwariYen: yen('子ども分の所得割額', { maximum: 99_999_999_999, description: '令和8年度から' }),
  },
)

/** 9.67 (%) → 967n ten-thousandths, read off the decimal digits; null when there are more than two. */
function rateOf(pct: number): bigint | null {
  const digits = /^(\d+)(?:\.(\d{1,2}))?$/.exec(String(pct))
  return digits === null ? null : BigInt(`${digits[1] ?? ''}${(digits[2] ?? '').padEnd(2, '0')}`)
}

const unitOf = <K extends string>(key: K, sent: number | undefined) =>
  sent === undefined ? {} : ({ [key]: BigInt(sent) } as Record<K, bigint>)

/** 入力された料率, or the field whose rate cannot be read. */
function ownRatesOf(sent: ValueOf<typeof rates>): OwnRates | { readonly field: string } {
  const [rate, lowRate, kodomoRate] = [sent.ratePct, sent.lowRatePct ?? 0, sent.kodomoRatePct ?? 0].map(rateOf)
  if (rate === null || rate === undefined) return { field: '/rates/ratePct' }
  if (lowRate === null || lowRate === undefined) return { field: '/rates/lowRatePct' }
  if (kodomoRate === null || kodomoRate === undefined) return { field: '/rates/kodomoRatePct' }
  const units = {
    ...unitOf('kintoUnitYen', sent.kintoUnitYen),
    ...unitOf('shotokuwariUnitYen', sent.shotokuwariUnitYen),
    ...unitOf('totalUnitYen', sent.totalUnitYen),
  }
  const hasKodomo = sent.kodomoKintoYen !== undefined && sent.kodomoRatePct !== undefined
  return {
    rates: {
      iryo: { kintoYen: BigInt(sent.kintoYen), rate },
      lowRate: sent.lowRatePct === undefined ? null : lowRate,
      kodomo: hasKodomo ? { kintoYen: BigInt(sent.kodomoKintoYen), rate: kodomoRate } : null,
      source: '入力した料率',
    },
    rounding:
      Object.keys(units).length === 0 ? {} : { ...units, source: '入力した端数処理。入力のないものは広域連合の定め' },
  }
}

const outputOf = ({ iryo, kodomo, reduction, annualYen }: PersonPremium) => ({
  kintoYen: yenToJson(iryo.kintoYen),
  shotokuwariYen: yenToJson(iryo.shotokuwariYen),
  reduction: REDUCTION_NAMES[reduction],
  annualYen: yenToJson(annualYen),
  ...(kodomo === null
    ? {}
    : {
        iryoYen: yenToJson(iryo.yen),
        kodomoYen: yenToJson(kodomo.yen),
        kodomoKintoYen: yenToJson(kodomo.kintoYen),
        kodomoShotokuwariYen: yenToJson(kodomo.shotokuwariYen),
      }),
})

const memberOf = (sent: ValueOf<typeof member>): Member => ({
  ...sent,
  pensionYen: BigInt(sent.pensionYen),
  salaryYen: BigInt(sent.salaryYen),
  otherIncomeYen: BigInt(sent.otherIncomeYen),
})

const NO_TERMS = {
  year: [
    '/fiscalYear',
    'この年度の賦課限度額と軽減の基準は登録されていません。',
    '令和5年度から令和9年度までの年度を入れてください。',
  ],
  rates: ['/rates', 'この年度のこの広域連合の料率は登録されていません。', '料率を入れてください。'],
  kodomo: ['/rates', '令和8年度からの子ども分の料率がありません。', '子ども分の均等割額と所得割率を入れてください。'],
} as const satisfies Record<NoTerms, readonly [string, string, string]>

export const hokenryo = defineShisan({
  name: 'hokenryo',
  term: '保険料(年額)',
  summary: '世帯の前年の所得から、被保険者ごとの均等割・所得割・軽減と年間保険料を出します。',
  basis: [
    '保険料 = 均等割額(軽減後)+ 所得割額。賦課限度額まで。都道府県で均一、2年ごとに改定 [source: 静岡県後期高齢者医療広域連合「保険料の金額」; 高齢者の医療の確保に関する法律施行令18条]',
    '所得割額 = 賦課のもととなる所得(総所得金額等 − 基礎控除)× 所得割率 [source: 大田区; 大阪府後期高齢者医療広域連合「保険料」]',
    '軽減は被保険者全員と世帯主の所得で判定する。65歳以上の年金所得からはさらに15万円を引く [source: 当別町; 上三川町; 加古川市; 藤井寺市; 桑名市]',
    '元被扶養者は所得割がかからず、加入から24か月は均等割が5割軽減。7割軽減に当たれば7割 [source: 加古川市; 泉大津市]',
    '令和6年度は基礎控除後の所得58万円以下の所得割率と、73万円の限度額がある [source: 静岡県後期高齢者医療広域連合; 唐津市ほか]',
    '令和8年度から医療分と子ども・子育て支援金分をそれぞれ計算し、限度額と端数処理の後に足す [source: 厚生労働省「令和8・9年度の保険料率について」]',
    '令和8年度の7割軽減は医療分だけ7.2割 [source: 恵庭市 資料No.17 の計算例と一致]',
  ],
  formula: [
    '年金所得 = 年金収入 − 公的年金等控除、給与所得 = 給与収入 − 給与所得控除 − 所得金額調整控除',
    '賦課のもととなる所得 = 総所得金額等 − 基礎控除(43万円。合計所得金額が2,400万円を超えると少なくなる)',
    '軽減判定所得 = 被保険者全員と世帯主の総所得金額等の合計 − 65歳以上の年金所得から15万円ずつ',
    '7割の基準 = 43万円 + 10万円 ×(給与所得者等の数 − 1)。5割・2割はこれに被保険者1人ごとの額を足す',
    '均等割額 = 均等割 ×(1 − 軽減割合)、所得割額 = 賦課のもととなる所得 × 所得割率',
    '年額 = 均等割額 + 所得割額(限度額まで、広域連合の端数処理)',
  ],
  doubts: [
    '年額を決めるのは広域連合。この試算は検算と説明のためのもの。',
    '所得の分からない人が世帯にいるときは、申告があるまで軽減はかからない。試算は所得が分かっている場合だけ。',
    '端数処理は広域連合による。埼玉は均等割・所得割10円、福岡は年額10円(平成30・31年度の資料)。大阪・兵庫の年額は資料に書かれておらず100円とした [own knowledge, verify]。',
    '公的年金等控除、給与所得控除、所得金額調整控除、基礎控除の段階は [own knowledge, verify]。',
    '基礎控除の段階は合計所得金額による。ここでは総所得金額等と同じとみるため、繰越控除のある人は違うことがある。',
    '給与所得者等の給与収入55万円が、令和7年の税制改正で令和8年度から変わったかは [own knowledge, verify]。',
    '令和9年度の軽減の基準と7.2割は、令和8年度と同じとして計算する [own knowledge, verify]。',
    '東京都広域連合独自の所得割軽減は医療分だけに掛けた。子ども分にも掛かるかは [own knowledge, verify]。',
    '令和8・9年度の料率は厚生労働省の資料の写し一つによる。広域連合の条例で確かめ、違えば料率を入力する。',
    '元被扶養者で24か月を過ぎた人(所得割だけかからない人)、離島などの不均一の料率、特定の所得の所得金額調整控除は扱わない。',
    '月割は入っていない。年度の途中の取得・喪失は「月割」で月数を出す。',
  ],
  input: record(
    '入力',
    {
      fiscalYear: fiscalYear('賦課年度'),
      prefecture: refusing(
        choice(
          '都道府県',
          PREFECTURES.map((name) => [name, prefectureLabel(name)] as const),
        ),
        '「長野」のように、都・府・県を付けずに入れてください(北海道はそのまま)。',
      ),
      household: list('世帯', member, { minItems: 1, maxItems: 20, description: '被保険者全員と世帯主' }),
    },
    { rates },
  ),
  output: record('結果', {
    people: list('被保険者', person, { minItems: 1, maxItems: 20, description: '世帯の順。被保険者だけ' }),
  }),
  examples: HOKENRYO_EXAMPLES,
  compute({ fiscalYear: year, prefecture, household, rates: sent }) {
    const heads = household.flatMap(({ isHead }, index) => (isHead ? [index] : []))
    if (heads.length === 0)
      return refuse('/household', '世帯主がいません。', '被保険者でない世帯主も、軽減の判定のために入れてください。')
    if (heads.length > 1)
      return refuse(`/household/${heads[1]}/isHead`, '世帯主が二人います。', '世帯主を一人にしてください。')
    if (!household.some(({ isInsured }) => isInsured))
      return refuse('/household', '被保険者がいません。', '保険料を知りたい人を被保険者にしてください。')

    const own = sent === undefined ? null : ownRatesOf(sent)
    if (own !== null && 'field' in own)
      return refuse(
        own.field,
        '所得割率が小数第3位より細かいか、読めません。',
        '9.67のように小数第2位までで入れてください。',
      )
    const terms = termsOf(year, prefecture, own)
    if (!terms.ok) {
      const [field, message, next] = NO_TERMS[terms.error]
      return refuse(field, message, next)
    }
    const members = household.map(memberOf)
    const computed = computeHokenryo(members, terms.value)
    return ok({
      output: { people: computed.people.map(outputOf) },
      lines: explainHokenryo(computed, members, terms.value),
    })
  },
})
