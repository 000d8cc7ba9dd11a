/** What an event does to 特別徴収; `by-amount` = by the option for an increase or a decrease, `none` = it goes on. */
export type TokuchoEffect = 'stop' | 'pension-stop' | 'order-refused' | 'by-amount' | 'manual' | 'none'

interface EventRule {
  readonly label: string
  readonly effect: TokuchoEffect
  /** The annual amount must not rise, must not fall; of several decisions with different directions only the sum counts. */
  readonly amount?: 'down' | 'up'
  /** 特別徴収 must be running, must not be. */
  readonly tokucho?: 'running' | 'not-running'
  /** What `fromMonth` means for it; absent: it takes no month. */
  readonly month?: string
  readonly basis: string
  /** Why 特別徴収 is stopped, where `basis` tells why the amount changes. */
  readonly stopBasis?: string
}

const STOP_MONTH = '中止月'
/** 月割: why a loss changes the amount. */
const MONTHS_BASIS = '保険料は、資格を失った日の属する月の前月まで [source: 兵庫県広域連合「保険料」; 宍粟市]'
const FIRST_MONTH_BASIS = '保険料は、資格を取得した日の属する月から [source: 兵庫県広域連合「保険料」; 宍粟市]'
export const PAST_YEAR_BASIS = '過年度の期は割り直さない [own knowledge, verify]'

/** 異動の事由, in the order of precedence: the first effect on 特別徴収 rules. Source: sheet 3.5 §5.3. */
export const IDO_EVENTS = {
  DTH: {
    label: '死亡',
    effect: 'stop',
    month: STOP_MONTH,
    basis: `${MONTHS_BASIS}。死亡は、その翌日に失う [source: 見附市; 宮代町; 国分寺市]`,
    stopBasis: '介護保険法138条1項(高齢者医療確保法110条で準用)、高齢者医療確保法施行規則106条1号',
  },
  LOS: {
    label: '資格喪失',
    effect: 'stop',
    month: STOP_MONTH,
    basis: MONTHS_BASIS,
    stopBasis: '介護保険法138条1項(高齢者医療確保法110条で準用)、高齢者医療確保法施行規則106条1号',
  },
  MOV: {
    label: '県内転出',
    effect: 'stop',
    month: STOP_MONTH,
    basis: '県内の市町村を移ると資格は続き、前の市町村の分は広域連合が決める [own knowledge, verify]',
    stopBasis: '徴収する市町村が変わるため止める [own knowledge, verify]',
  },
  STP: {
    label: '年金の支払停止等',
    effect: 'pension-stop',
    month: STOP_MONTH,
    basis: '介護保険法137条4項・5項、139条1項(高齢者医療確保法110条で準用)',
  },
  FAL: {
    label: '特別徴収不能',
    effect: 'pension-stop',
    month: '不能となった月',
    basis: '介護保険法139条1項(高齢者医療確保法110条で準用)',
  },
  REF: {
    label: '依頼の不可',
    effect: 'order-refused',
    month: '依頼の開始月',
    basis: '依頼処理結果の通知 [source: 厚生労働省「保険料(税)の特別徴収」事務処理要領]',
  },
  RFS: {
    label: '中止の不可',
    effect: 'stop',
    month: '送った中止月',
    basis: '止める期限を過ぎた回は徴収され、ほかの回の中止はもう一度送る [own knowledge, verify]',
  },
  RFC: { label: '仮徴収額変更の不可', effect: 'none', basis: '不可のときは元の額で徴収される [own knowledge, verify]' },
  KOZ: { label: '口座振替への変更', effect: 'stop', month: STOP_MONTH, basis: '高齢者医療確保法施行令23条3号' },
  CAR: {
    label: '介護保険料の特別徴収の終了',
    effect: 'stop',
    month: STOP_MONTH,
    basis: '高齢者医療確保法施行令23条2号',
  },
  'JUT-k': { label: '住所地特例(介護も同じ)', effect: 'none', basis: '介護保険法141条(高齢者医療確保法110条で準用)' },
  'JUT-s': {
    label: '住所地特例(後期のみ)',
    effect: 'stop',
    month: STOP_MONTH,
    basis: '高齢者医療確保法施行規則106条5号',
  },
  DIS: { label: '災害その他の事情', effect: 'stop', month: STOP_MONTH, basis: '高齢者医療確保法施行規則106条6号' },
  'DEC-T': {
    label: '減額(特別徴収中)',
    effect: 'by-amount',
    amount: 'down',
    tokucho: 'running',
    month: STOP_MONTH,
    basis: '特別徴収中の減額: 高齢者医療確保法施行規則106条2号 [source: むつ市; 横須賀市]',
  },
  'DEC-F': {
    label: '減額(普通徴収)',
    effect: 'none',
    amount: 'down',
    tokucho: 'not-running',
    basis: '減らす期は市町村が定める [own knowledge, verify]',
  },
  'INC-T': {
    label: '増額(特別徴収中)',
    effect: 'by-amount',
    amount: 'up',
    tokucho: 'running',
    month: STOP_MONTH,
    basis: '特別徴収中の増額: 高齢者医療確保法施行規則95条3号(続けるとき)、106条3号(止めるとき)',
  },
  'INC-F': {
    label: '増額(普通徴収)',
    effect: 'none',
    amount: 'up',
    tokucho: 'not-running',
    basis: '加える期は市町村が定める [own knowledge, verify]',
  },
  GEN: {
    label: '減免',
    effect: 'by-amount',
    amount: 'down',
    month: '申請の日以後に納期限が来る最初の月',
    basis: '減免は条例による。未納の期に及ぶのは申請の日から後 [own knowledge, verify]',
  },
  ACQ: {
    label: '資格取得',
    effect: 'none',
    basis: `${FIRST_MONTH_BASIS}。通知は取得の翌月か翌々月のため、残る期が少なくなる [source: 枚方市; 見附市; 長岡市]`,
  },
  ADD: {
    label: '特別徴収の追加(12月・2月開始)',
    effect: 'none',
    month: '開始月',
    basis: '介護保険法134条2項〜6項(高齢者医療確保法110条で準用)',
  },
  'ADD-k': {
    label: '特別徴収の追加(翌年度開始)',
    effect: 'none',
    month: '開始月',
    basis: '年額換算の6分の1を仮徴収とする [source: 厚木市(介護); 土浦市; 宇部市]',
  },
  KAR: {
    label: '暫定賦課額の修正',
    effect: 'none',
    basis: '高齢者医療確保法施行規則110条3項・112条2項 [source: 千曲市条例]',
  },
  'PST+': { label: '過年度の増額', effect: 'none', amount: 'up', basis: PAST_YEAR_BASIS },
  'PST-': { label: '過年度の減額', effect: 'none', amount: 'down', basis: PAST_YEAR_BASIS },
  REV: {
    label: '決定の取消し',
    effect: 'by-amount',
    month: STOP_MONTH,
    basis: '止めた特別徴収は、また対象となるまで戻らない [own knowledge, verify]',
  },
  MAN: { label: '職員の選択', effect: 'manual', month: STOP_MONTH, basis: '高齢者医療確保法施行規則106条3号・6号' },
} as const satisfies Readonly<Record<string, EventRule>>

export type IdoEvent = keyof typeof IDO_EVENTS

export const IDO_EVENT_CODES = Object.keys(IDO_EVENTS) as readonly IdoEvent[] // the keys of a constant

export const ruleOf = (event: IdoEvent): EventRule => IDO_EVENTS[event]

export const byPrecedence = (events: readonly IdoEvent[]): readonly IdoEvent[] =>
  IDO_EVENT_CODES.filter((code) => events.includes(code))

/** 過年度の異動: nothing of the year is placed anew. */
export const isPastYear = (event: IdoEvent): boolean => event === 'PST+' || event === 'PST-'

/** 資格がなくなる事由: the rest may be settled in one sum, and no 特別徴収 starts. */
export const isLoss = (event: IdoEvent): boolean => event === 'DTH' || event === 'LOS' || event === 'MOV'
