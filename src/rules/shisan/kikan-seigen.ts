import { type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import { ok } from '#kernel/result.ts'
import { formatWareki } from '../calendar/wareki.ts'
import { type AssessmentLimit, assessmentLimitOf } from '../kikan-seigen/assessment-limit.ts'
import { defineShisan, type ExplainLine, refuse } from './definition.ts'
import { sayChoice } from './say-setting.ts'
import { choice, date, flag, record, withDefault } from './schema.ts'

const dateOrNull = (sent: string | undefined) => (sent === undefined ? null : plainDateOf(sent))

const DERIVED = '介護の事務連絡(2023年9月8日)の数え方から算出 [derived]'
const PAST = 'A08 期間制限'
const ALLOWED = '決定できる'
const VERDICTS = { [PAST]: '決定できない(期間制限)', [ALLOWED]: ALLOWED } as const

const FUCHO = { firstFuchoDueOn: '2024-07-31' }
const TOKUCHO = { firstTokuchoPaidOn: '2024-04-15' }

const LAW = '高齢者医療確保法160条の2'
/** What the 介護 says of the same words. */
const AS_KAIGO = `${LAW}。介護の事務連絡(2023年9月8日)と同じに数える [own knowledge, verify][source: 社会保険研究所(介護)]`
const LIMIT_FOR_REDUCTIONS = withDefault(
  choice('減額の期間制限', [
    ['same', '同じに制限する'],
    ['none', '制限しない'],
  ]),
  'same',
)

export const kikanSeigen = defineShisan({
  name: 'kikan-seigen',
  term: '賦課決定の期間制限',
  summary: '保険料の額を新しく決めたり変えたりできる最後の日を求めます。',
  basis: [
    '高齢者医療確保法は、高齢者の医療の確保に関する法律',
    '最初の納期の翌日から2年を過ぎると、賦課決定はできない(高齢者医療確保法160条の2)',
    '最初の納期は、特別徴収では最初に徴収した月の翌月10日、普通徴収では条例の最も早い納期限。その後に資格を取得した人は取得日 [source: 社会保険研究所(介護、2023年9月8日の事務連絡による)]',
    '減額は制限しない市がある [source: 岩国市(国民健康保険)]',
  ],
  formula: [
    '起算の基になる日 = 最初の納期(両方あるときは早いほう)。資格取得日がそれより後なら資格取得日',
    '最後の日 = その日の2年後の同じ日(翌日から2年。2月29日は2月28日)',
    '決定日が最後の日より後なら、決定できない(期間制限)。減額も同じに制限するかは、設定「減額の期間制限」による',
  ],
  doubts: [
    '介護の事務連絡の数え方を、同じ形の後期に当てはめている [own knowledge, verify]。',
    '特別徴収と普通徴収の両方があるときは早いほうとしている [own knowledge, verify]。',
    '休日で繰り延べた納期限は、繰り延べた後の日を入れる。条例の日によるべきかは確かめる。',
    '期間を過ぎた決定は、広域連合の回答を確かめてから扱いを決める。',
  ],
  input: record(
    '入力',
    {},
    {
      firstFuchoDueOn: date('最初の普通徴収の納期限', '普通徴収のない人は空欄'),
      firstTokuchoPaidOn: date('最初に特別徴収した年金の支払日', '特別徴収のない人は空欄'),
      acquiredOn: date('資格取得日', '年度の前から資格のある人は空欄'),
      decidedOn: date('決定日', '入れると、決定できるかどうかを調べる'),
      isReduction: flag('減額の決定'),
      limitForReductions: LIMIT_FOR_REDUCTIONS,
    },
  ),
  output: record(
    '結果',
    { lastOn: date('賦課決定ができる最後の日') },
    {
      verdict: choice(
        'この決定日の決定',
        ([ALLOWED, PAST] as const).map((verdict) => [verdict, VERDICTS[verdict]] as const),
      ),
    },
  ),
  examples: [
    { id: '3.5 §9 I25e 普徴', source: DERIVED, input: FUCHO, expected: { lastOn: '2026-07-31' } },
    { id: '3.5 §9 I25e 特徴', source: DERIVED, input: TOKUCHO, expected: { lastOn: '2026-05-10' } },
    {
      id: '3.5 §9 I25e 取得',
      source: DERIVED,
      input: { ...FUCHO, acquiredOn: '2024-09-12' },
      expected: { lastOn: '2026-09-12' },
    },
    {
      id: '3.5 §9 I25e 最後の日',
      source: DERIVED,
      input: { ...FUCHO, decidedOn: '2026-07-31' },
      expected: { lastOn: '2026-07-31', verdict: ALLOWED },
    },
    {
      id: '3.5 §9 I25e 翌日',
      source: DERIVED,
      input: { ...FUCHO, decidedOn: '2026-08-01' },
      expected: { lastOn: '2026-07-31', verdict: PAST },
    },
    {
      id: '両方のある人',
      source: DERIVED,
      input: { ...FUCHO, ...TOKUCHO, acquiredOn: '2024-05-10' },
      expected: { lastOn: '2026-05-10' },
    },
    {
      id: '減額を制限しない',
      source: '岩国市(国民健康保険)の取扱いから算出',
      input: { ...FUCHO, decidedOn: '2026-08-01', isReduction: true, limitForReductions: 'none' },
      expected: { verdict: ALLOWED },
    },
    {
      id: '増額は制限する',
      source: '岩国市(国民健康保険)の取扱いから算出',
      input: { ...FUCHO, decidedOn: '2026-08-01', isReduction: false, limitForReductions: 'none' },
      expected: { verdict: PAST },
    },
    {
      id: '取得の前の決定',
      source: '試算の入力の決まり',
      input: { ...FUCHO, acquiredOn: '2024-09-12', decidedOn: '2024-09-11' },
      refusedAt: '/decidedOn',
    },
    {
      id: '納期がない',
      source: '試算の入力の決まり',
      input: { acquiredOn: '2024-09-12' },
      refusedAt: '/firstFuchoDueOn',
    },
  ],
  compute(input) {
    const limit = assessmentLimitOf({
      firstFuchoDueOn: dateOrNull(input.firstFuchoDueOn),
      firstTokuchoPaidOn: dateOrNull(input.firstTokuchoPaidOn),
      acquiredOn: dateOrNull(input.acquiredOn),
    })
    if (limit === null)
      return refuse(
        '/firstFuchoDueOn',
        '最初の納期が分かりません。',
        '普通徴収の納期限か、特別徴収した年金の支払日を入れてください。',
      )
    const { lastOn } = limit
    const acquiredOn = dateOrNull(input.acquiredOn)
    const lines = [...baseLines(limit, dateOrNull(input.firstTokuchoPaidOn), acquiredOn), lastLine(limit)]
    if (input.decidedOn === undefined) return ok({ output: { lastOn }, lines })
    const decidedOn = plainDateOf(input.decidedOn)
    if (acquiredOn !== null && decidedOn < acquiredOn)
      return refuse('/decidedOn', '決定日が資格取得日より前です。', '決定日と資格取得日を確かめてください。')
    const isPast = decidedOn > lastOn
    const isFree = input.isReduction === true && input.limitForReductions === 'none'
    const verdict = isPast && !isFree ? PAST : ALLOWED
    const setting = sayChoice(LIMIT_FOR_REDUCTIONS, input.limitForReductions)
    const isOfReduction = isPast && input.isReduction === true
    return ok({
      output: { lastOn, verdict },
      lines: [
        ...lines,
        {
          label: '判定',
          how: `決定日 ${formatWareki(decidedOn)} は最後の日${isPast ? 'より後' : 'まで'}${isOfReduction ? `。${setting}により、減額の決定${isFree ? 'は制限しない' : 'も制限する'}` : ''}`,
          value: VERDICTS[verdict],
          basis: isOfReduction ? `${setting} ${REDUCTION_BASIS[input.limitForReductions]}` : LAW,
        },
      ],
    })
  },
})

const REDUCTION_BASIS = {
  same: `[own knowledge, verify: 減額も${LAW}によるか]`,
  none: '[own knowledge, verify][source: 岩国市(国民健康保険)]',
} as const

/** Every date that was typed in, and which of them the two years run from. */
function baseLines(
  { fuchoOn, tokuchoOn, firstOn, baseOn, base }: AssessmentLimit,
  paidOn: PlainDate | null,
  acquiredOn: PlainDate | null,
): readonly ExplainLine[] {
  const lines: ExplainLine[] = []
  const add = (label: string, how: string, day: PlainDate, basis?: string) =>
    lines.push({ label, how, value: formatWareki(day), ...(basis === undefined ? {} : { basis }) })
  if (fuchoOn !== null) add('普通徴収の納期', '条例の最も早い納期限', fuchoOn, AS_KAIGO)
  if (tokuchoOn !== null && paidOn !== null)
    add('特別徴収の納期', `最初に特別徴収した ${formatWareki(paidOn)} の翌月10日`, tokuchoOn, AS_KAIGO)
  if (fuchoOn !== null && tokuchoOn !== null)
    add(
      '最初の納期',
      fuchoOn === tokuchoOn
        ? '普通徴収も特別徴収も同じ日'
        : `普通徴収と特別徴収の両方があるため、早いほうの${fuchoOn < tokuchoOn ? '普通徴収' : '特別徴収'}の納期`,
      firstOn,
      '両方あるときは早いほう [own knowledge, verify]',
    )
  const first = `最初の納期 ${formatWareki(firstOn)}`
  const isLater = base === '資格取得'
  if (acquiredOn !== null)
    add('資格取得日', isLater ? `${first} より後` : `${first} より後ではないため、起算に使わない`, acquiredOn, AS_KAIGO)
  add('起算の基になる日', isLater ? `${first} より後に資格を取得したため、その取得日` : '最初の納期', baseOn, AS_KAIGO)
  return lines
}

const lastLine = ({ baseOn, lastOn }: AssessmentLimit): ExplainLine => ({
  label: '最後の日',
  how: `${formatWareki(baseOn)} の翌日から2年`,
  value: formatWareki(lastOn),
  basis: AS_KAIGO,
})
