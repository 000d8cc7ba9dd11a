import { KAKUTEI_CLASSES, type KakuteiClass } from '../kakutei/place-kakutei.ts'
import { choice, instalmentUnit, record, withDefault, yen } from './schema.ts'
import { backwardOrder, placedSlotList, slotList, stopPlacement } from './slots.ts'

const CODES = Object.keys(KAKUTEI_CLASSES) as readonly KakuteiClass[] // the keys of a constant

export const OCT_START_SPLIT = withDefault(
  choice('10月開始の分け方', [
    ['half', '年額の半分を特別徴収'],
    ['periods', '10月から後の期の分を特別徴収'],
  ]),
  'half',
)

export const KAKUTEI_INPUT = record(
  '入力',
  {
    slots: slotList(),
    annualYen: yen('確定した年額'),
    judgement: choice('特別徴収の判定', [
      ['tokucho', '対象'],
      ['fucho', '対象外'],
      ['lost', '資格喪失済'],
    ]),
  },
  {
    unitYen: instalmentUnit(),
    octStartSplit: OCT_START_SPLIT,
    stopPlacement: stopPlacement(),
    backwardOrder: backwardOrder(),
  },
)

export const KAKUTEI_OUTPUT = record('結果', {
  kakuteiClass: choice(
    '分類',
    CODES.map((code) => [code, KAKUTEI_CLASSES[code]] as const),
  ),
  slots: placedSlotList('10月・12月・2月の特徴の回は後に続く'),
  zuijiYen: yen('随時期の額'),
  overpaidYen: yen('過納見込', { description: '納付済みと、これから引かれる額のうち、賦課額を超える額' }),
  nextProvisionalYen: yen('翌年度の仮徴収額(1回)'),
})
