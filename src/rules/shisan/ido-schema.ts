import { IDO_EVENT_CODES, ruleOf } from '../ido/events.ts'
import { IDO_DEFAULTS } from '../ido/options.ts'
import { FUCHO_STATES, type SlotState, TOKUCHO_STATES } from '../ido/slot.ts'
import { choice, flag, integer, list, month, record, withDefault, yen } from './schema.ts'

const METHODS = ['普徴', '特徴'] as const

/** 枠の状態 in words, with the method it belongs to. */
const STATES: Readonly<Record<SlotState, string>> = {
  failed: '特徴: 徴収不能・中止の連絡',
  collected: '特徴: 徴収済み',
  changeable: '特徴: 仮徴収額を変更できる(6月・8月)',
  locked: '特徴: 止める期限を過ぎた',
  stoppable: '特徴: 依頼済みで、まだ止められる',
  planned: '特徴: まだ依頼していない',
  'paid-on': '普徴: 納付あり',
  'handed-to-bank': '普徴: 口座振替を依頼中',
  due: '普徴: 納期限が近い、または過ぎた',
  deferred: '普徴: 徴収猶予中',
  open: '普徴: まだ動かせる',
  'written-off': '普徴: 不納欠損',
}

const events = () => IDO_EVENT_CODES.map((code) => [code, `${code} ${ruleOf(code).label}`] as const)

const OPTIONS = record(
  '設定',
  {},
  {
    unitYen: withDefault(
      choice('端数の単位', [
        [100, '100円'],
        [1000, '1,000円'],
        [1, '1円'],
      ]),
      100,
    ),
    increaseF: withDefault(
      choice('普通徴収の増額', [
        ['spread-difference', '差額を割り振る'],
        ['resplit', '残りの期を割り直す'],
      ]),
      IDO_DEFAULTS.increaseF,
    ),
    decreaseF: withDefault(
      choice('普通徴収の減額', [
        ['resplit', '残りの期を割り直す'],
        ['from-last', '後の期から減らす'],
      ]),
      IDO_DEFAULTS.decreaseF,
    ),
    increaseT: withDefault(
      choice('特別徴収中の増額', [
        ['heicho', '特別徴収を続け、差額は普通徴収(併徴)'],
        ['stop-all', '特別徴収を止め、残りは普通徴収'],
      ]),
      IDO_DEFAULTS.increaseT,
    ),
    decreaseT: withDefault(
      choice('特別徴収中の減額', [
        ['stop', '特別徴収を止める'],
        ['absorb-in-futsu', '普通徴収で減らせるときは続ける'],
      ]),
      IDO_DEFAULTS.decreaseT,
    ),
    stopWhenNothingStoppable: withDefault(
      flag('止められる回がない減額', '翌年4月から止める'),
      IDO_DEFAULTS.stopWhenNothingStoppable,
    ),
    lossSettlement: withDefault(
      choice('資格喪失の精算', [
        ['resplit', '残りの期に割り振る'],
        ['single', '1期にまとめる'],
      ]),
      IDO_DEFAULTS.lossSettlement,
    ),
    failedPlacement: withDefault(
      choice('徴収不能額', [
        ['spread', '残りの期に割り振る'],
        ['next-period', '次の期にまとめる'],
      ]),
      IDO_DEFAULTS.failedPlacement,
    ),
    stopPlacement: withDefault(
      choice('中止後の割り振り', [
        ['from-stop-month', '中止月以後の期'],
        ['all-open', '動かせるすべての期'],
      ]),
      IDO_DEFAULTS.stopPlacement,
    ),
    backwardOrder: withDefault(
      choice('さかのぼる順', [
        ['latest-first', '後の期から'],
        ['unpaid-first', '未納の期を先に、後の期から'],
      ]),
      IDO_DEFAULTS.backwardOrder,
    ),
    additionalStartAmount: withDefault(
      choice('追加開始の額', [
        ['remaining', '残りの普通徴収をすべて移す'],
        ['annual/6', '1回は年額の6分の1まで'],
      ]),
      IDO_DEFAULTS.additionalStartAmount,
    ),
    changeToZero: withDefault(flag('止められない仮徴収を0円に変更する'), IDO_DEFAULTS.changeToZero),
    genmenReachBack: withDefault(flag('減免を申請日以後の未納の期に及ぼす'), IDO_DEFAULTS.genmenReachBack),
    manualTreatment: withDefault(
      choice('職員の選択(MAN)', [
        ['stop', '特別徴収を止める'],
        ['continue', '特別徴収を続ける'],
      ]),
      IDO_DEFAULTS.manualTreatment,
    ),
  },
)

export const IDO_INPUT = record(
  '入力',
  {
    slots: list(
      '期割の枠',
      record(
        '枠',
        {
          method: choice('徴収方法', METHODS),
          month: month('月', '休日で動く前の月'),
          chargedYen: yen('賦課額'),
          state: choice(
            '状態',
            [...TOKUCHO_STATES, ...FUCHO_STATES].map((state) => [state, STATES[state]] as const),
          ),
        },
        {
          orderedYen: yen('依頼額', { description: '特徴だけ。入れないときは賦課額と同じ' }),
          paidYen: yen('納付額', { description: '一部納付や還付済みのときだけ' }),
          isPastStopCutoff: flag('止める期限を過ぎている', '状態が「仮徴収額を変更できる」のときだけ'),
        },
      ),
      { description: '賦課年度のすべての枠。普徴は0円の期も入れる', minItems: 0, maxItems: 60 },
    ),
    newAnnualYen: yen('新しい年額', { description: '決定のない異動では今の年額' }),
    event: choice('異動の事由', events()),
  },
  {
    otherEvents: list('同時の事由', choice('事由', events()), {
      description: '事由の順位により、先のものが特別徴収の扱いを決める',
      minItems: 1,
      maxItems: 10,
    }),
    fromMonth: month('事由の月', '中止月、開始月、不能となった月、減免を申請した後の最初の期'),
    months: withDefault(integer('年額の月数', '月', { minimum: 1, maximum: 12 }), 12),
    options: OPTIONS,
  },
)

export const IDO_OUTPUT = record('結果', {
  slots: list(
    '期割の枠',
    record('枠', {
      month: month('月'),
      method: choice('徴収方法', METHODS),
      chargedYen: yen('賦課額'),
      orderedYen: yen('依頼額', { description: '年金から引かれる額。普徴は0円' }),
    }),
    { description: '入力の順。新しく始まる特徴の枠は後に続く', minItems: 0, maxItems: 63 },
  ),
  zuijiYen: yen('随時期の額'),
  overpaidYen: yen('過納見込', { description: '納付済みと、これから引かれる額のうち、賦課額を超える額' }),
  treatment: choice('特別徴収の扱い', ['継続', '中止', '開始', '不能', 'なし']),
})
