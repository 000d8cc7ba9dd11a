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
}

const STOP_MONTH = '中止月'

/** 異動の事由, in the order of precedence: the first effect on 特別徴収 rules. Source: sheet 3.5 §5.3. */
export const IDO_EVENTS = {
  DTH: { label: '死亡', effect: 'stop', month: STOP_MONTH, basis: '介護保険法138条①準用、規則106条一・108条; 兵庫県' },
  LOS: { label: '資格喪失', effect: 'stop', month: STOP_MONTH, basis: '介護保険法138条①準用、規則106条一' },
  MOV: { label: '県内転出', effect: 'stop', month: STOP_MONTH, basis: '[reconstructed]' },
  STP: { label: '年金の支払停止等', effect: 'pension-stop', month: STOP_MONTH, basis: '介護保険法137条④⑤・139条①準用' },
  FAL: { label: '特別徴収不能', effect: 'pension-stop', month: '不能となった月', basis: '介護保険法139条①準用' },
  REF: { label: '依頼の不可', effect: 'order-refused', month: '依頼の開始月', basis: '事務処理要領の処理結果通知' },
  RFS: { label: '中止の不可', effect: 'stop', month: '送った中止月', basis: '[reconstructed]' },
  RFC: { label: '仮徴収額変更の不可', effect: 'none', basis: '不可のときは元の額で徴収する' },
  KOZ: { label: '口座振替への変更', effect: 'stop', month: STOP_MONTH, basis: '施行令23条三' },
  CAR: { label: '介護保険料の特別徴収の終了', effect: 'stop', month: STOP_MONTH, basis: '施行令23条二' },
  'JUT-k': { label: '住所地特例(介護も同じ)', effect: 'none', basis: '介護保険法141条準用' },
  'JUT-s': { label: '住所地特例(後期のみ)', effect: 'stop', month: STOP_MONTH, basis: '規則106条五' },
  DIS: { label: '災害その他の事情', effect: 'stop', month: STOP_MONTH, basis: '規則106条六' },
  'DEC-T': {
    label: '減額(特別徴収中)',
    effect: 'by-amount',
    amount: 'down',
    tokucho: 'running',
    month: STOP_MONTH,
    basis: '規則106条二; むつ市',
  },
  'DEC-F': {
    label: '減額(普通徴収)',
    effect: 'none',
    amount: 'down',
    tokucho: 'not-running',
    basis: '[own knowledge, verify]',
  },
  'INC-T': {
    label: '増額(特別徴収中)',
    effect: 'by-amount',
    amount: 'up',
    tokucho: 'running',
    month: STOP_MONTH,
    basis: '規則95条三・106条三; 福生市',
  },
  'INC-F': {
    label: '増額(普通徴収)',
    effect: 'none',
    amount: 'up',
    tokucho: 'not-running',
    basis: '[own knowledge, verify]',
  },
  GEN: {
    label: '減免',
    effect: 'by-amount',
    amount: 'down',
    month: '申請の日以後に納期限が来る最初の月',
    basis: '減免の条例',
  },
  ACQ: { label: '資格取得', effect: 'none', basis: '枚方市、見附市、長岡市' },
  ADD: { label: '特別徴収の追加(12月・2月開始)', effect: 'none', month: '開始月', basis: '介護保険法134条②〜⑥準用' },
  'ADD-k': {
    label: '特別徴収の追加(翌年度開始)',
    effect: 'none',
    month: '開始月',
    basis: '厚木市(介護)、土浦市、宇部市',
  },
  KAR: { label: '暫定賦課額の修正', effect: 'none', basis: '千曲市条例; 規則110条③・112条②' },
  'PST+': { label: '過年度の増額', effect: 'none', amount: 'up', basis: '[own knowledge, verify]' },
  'PST-': { label: '過年度の減額', effect: 'none', amount: 'down', basis: '[own knowledge, verify]' },
  REV: { label: '決定の取消し', effect: 'by-amount', month: STOP_MONTH, basis: '[reconstructed]' },
  MAN: { label: '職員の選択', effect: 'manual', month: STOP_MONTH, basis: '規則106条三・六' },
} as const satisfies Readonly<Record<string, EventRule>>

export type IdoEvent = keyof typeof IDO_EVENTS

export const IDO_EVENT_CODES = Object.keys(IDO_EVENTS) as readonly IdoEvent[] // the keys of a constant

export const ruleOf = (event: IdoEvent): EventRule => IDO_EVENTS[event]

export const byPrecedence = (events: readonly IdoEvent[]): readonly IdoEvent[] =>
  IDO_EVENT_CODES.filter((code) => events.includes(code))

/** 資格がなくなる事由: the rest may be settled in one sum, and no 特別徴収 starts. */
export const isLoss = (event: IdoEvent): boolean => event === 'DTH' || event === 'LOS' || event === 'MOV'
