import { IDO_EVENT_CODES, ruleOf } from '../ido/events.ts'
import { IDO_DEFAULTS } from '../ido/options.ts'
import { choice, flag, instalmentUnit, integer, list, month, record, refusing, withDefault, yen } from './schema.ts'
import { backwardOrder, placedSlotList, slotList, stopPlacement } from './slots.ts'

const event = (title: string) =>
  refusing(
    choice(
      title,
      IDO_EVENT_CODES.map((code) => [code, ruleOf(code).label] as const),
    ),
    `事由は「DTH」(死亡)のような記号で入れます: ${IDO_EVENT_CODES.join('、')}。`,
  )

/** 条例等の設定 of 異動賦課 but the unit; an explanation names them by their titles. */
export const IDO_SETTINGS = {
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
  stopPlacement: stopPlacement(),
  backwardOrder: backwardOrder(),
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
    choice('職員の選択', [
      ['stop', '特別徴収を止める'],
      ['continue', '特別徴収を続ける'],
    ]),
    IDO_DEFAULTS.manualTreatment,
  ),
}

const OPTIONS = record('設定', {}, { unitYen: instalmentUnit(), ...IDO_SETTINGS })

export const IDO_INPUT = record(
  '入力',
  {
    slots: slotList(),
    newAnnualYen: yen('新しい年額', { description: '決定のない異動では今の年額' }),
    event: event('異動の事由'),
  },
  {
    otherEvents: list('同時の事由', event('事由'), {
      description: '事由の順位により、特別徴収を止める先のものが扱いを決める。額による扱いより職員の選択が先',
      minItems: 1,
      maxItems: 10,
    }),
    fromMonth: month(
      '事由の月',
      '中止月、開始月、不能となった月、減免を申請した後の最初の期。12月・2月の特徴の回(未依頼、0円)があれば、開始月は省ける',
    ),
    months: integer('年額の月数', '月', {
      description: '新しい年額が何か月分か。入れないときは12か月として計算する',
      minimum: 1,
      maximum: 12,
    }),
    options: OPTIONS,
  },
)

export const IDO_OUTPUT = record('結果', {
  slots: placedSlotList('新しく始まる特徴の回は後に続く'),
  zuijiYen: yen('随時期の額'),
  overpaidYen: yen('過納見込', { description: '納付済みと、これから引かれる額のうち、賦課額を超える額' }),
  treatment: choice('特別徴収の扱い', ['継続', '中止', '開始', '不能', 'なし']),
})
