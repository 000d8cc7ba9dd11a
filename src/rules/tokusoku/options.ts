import { partsOf, plainDateOf, type PlainDate } from '#kernel/plain-date.ts'
import type { Yen } from '#kernel/yen.ts'
import { rateOfYear } from '../interest/year-rates.ts'
import {
  ADDED_PER_MILLE,
  ENTAIKIN_RATES,
  type EntaikinRate,
  MAX_BASE_PER_MILLE,
  rateOfBase,
} from '../entaikin/rates.ts'
import { at, type OptionDefinition, type OptionVersion, scheduleOf, type Schedule } from '../options.ts'

/** 条例等の設定 of 5.2, as one run sees them. A `Schedule` is looked up by the 納期限 of each instalment. */
export interface TokusokuOptions {
  readonly designatedDays: number
  readonly issueLimitDays: number
  readonly feeYen: Schedule<Yen>
  readonly minUnpaidYen: Yen
  readonly noticeUnit: 'instalment' | 'person'
  readonly entaikinPrint: 'asOfIssue' | 'none'
  readonly slipIncludesEntaikin: boolean
  readonly slipDeadline: 'designatedOn' | 'none'
  readonly lowMonths: Schedule<number>
  /** Those that are known and those the municipality has recorded, the recorded ones last. */
  readonly entaikinRates: readonly EntaikinRate[]
  readonly partPaidAt004: 'pull' | 'send'
  readonly waiveFeeIfPaidBeforeIssue: boolean
  readonly dvIndividualNotice: boolean
  readonly highAmountYen: Yen
  readonly prescriptionYears: number
  readonly prescriptionRestart: 'dayAfterDesignated' | 'arrival'
  readonly tainoshaIncludesYuyo: boolean
  readonly outlierCountPct: number
}

/** 延滞金特例基準割合 of the day's year as the program knows it, in tenths of a percent. */
function builtInRate(day: PlainDate): number | null {
  const known = rateOfYear(partsOf(day).year, ENTAIKIN_RATES)
  return known === undefined ? null : Number(known.lowPerMille - ADDED_PER_MILLE.low)
}

const LAST_KNOWN_YEAR = Math.max(...ENTAIKIN_RATES.map(({ toYear }) => toYear))

/** The catalogue: what a municipality may set, with the default. `verify` = default without a source [own knowledge, verify]. */
export const TOKUSOKU_OPTIONS = {
  designatedDays: {
    label: '指定期限までの日数',
    type: 'integer',
    unit: '日',
    min: 10,
    max: 60,
    default: 10,
    basis: '発送日',
    source: '上富田町条例3条',
    verify: false,
  },
  issueLimitDays: {
    label: '発送期限(納期限後)',
    type: 'integer',
    unit: '日',
    min: 1,
    max: 60,
    default: 20,
    basis: '発送日',
    source: '芦屋市、富山市規則6条',
    verify: false,
  },
  feeYen: {
    label: '督促手数料',
    type: 'yen',
    min: 0,
    max: 1000,
    default: 0,
    basis: '納期限',
    source: '甲斐市(令和6年4月1日以後の納期限から廃止)、大津市(100円)',
    verify: false,
  },
  minUnpaidYen: {
    label: '少額の基準(未満を除外, 0=なし)',
    type: 'yen',
    min: 0,
    max: 10_000,
    default: 0,
    basis: '発送日',
    source: '各市町村',
    verify: true,
  },
  noticeUnit: {
    label: '督促状の単位',
    type: 'choice',
    choices: { instalment: '期別ごと', person: '被保険者ごと(期別を一通に並べる)' },
    default: 'instalment',
    basis: '発送日',
    source: '',
    verify: true,
  },
  entaikinPrint: {
    label: '延滞金の印字',
    type: 'choice',
    choices: { asOfIssue: '発送日現在', none: '印字しない' },
    default: 'asOfIssue',
    basis: '発送日',
    source: '',
    verify: true,
  },
  slipIncludesEntaikin: {
    label: '納付書に延滞金を含める',
    type: 'boolean',
    default: false,
    basis: '発送日',
    source: '',
    verify: true,
  },
  slipDeadline: {
    label: '納付書の支払期限',
    type: 'choice',
    choices: { designatedOn: '指定期限', none: '期限なし' },
    default: 'designatedOn',
    basis: '発送日',
    source: '',
    verify: true,
  },
  lowMonths: {
    label: '延滞金の低率期間',
    type: 'integer',
    unit: 'か月',
    min: 1,
    max: 3,
    allowed: [1, 3],
    default: 1,
    basis: '納期限',
    source: '小平市・大津市(1か月)、中野区条例5条(3か月)',
    verify: false,
  },
  entaikinRates: {
    label: '延滞金特例基準割合',
    type: 'percent',
    min: 0,
    max: MAX_BASE_PER_MILLE,
    zero: '未登録',
    builtIn: builtInRate,
    default: 0,
    basis: '暦年',
    source: `${LAST_KNOWN_YEAR}年までの割合は組み込み済み(岐阜市、安曇野市、米沢市、南陽市、大津市、広島市)`,
    verify: false,
  },
  partPaidAt004: {
    label: '直前の一部納付の扱い',
    type: 'choice',
    choices: { pull: '引抜く', send: 'そのまま発送する' },
    default: 'pull',
    basis: '発送日',
    source: '',
    verify: true,
  },
  waiveFeeIfPaidBeforeIssue: {
    label: '行違いの手数料を免除する',
    type: 'boolean',
    default: true,
    basis: '発送日',
    source: '',
    verify: true,
  },
  dvIndividualNotice: {
    label: '抑止対象者へ個別に通知できる',
    type: 'boolean',
    default: true,
    basis: '発送日',
    source: '',
    verify: true,
  },
  highAmountYen: {
    label: '高額の基準',
    type: 'yen',
    min: 0,
    max: 10_000_000,
    default: 100_000,
    basis: '発送日',
    source: '',
    verify: true,
  },
  prescriptionYears: {
    label: '時効の年数',
    type: 'integer',
    unit: '年',
    min: 2,
    max: 5,
    default: 2,
    basis: '発送日',
    source: '高確法160条',
    verify: true,
  },
  prescriptionRestart: {
    label: '督促後の時効の起算',
    type: 'choice',
    choices: { dayAfterDesignated: '指定期限の翌日', arrival: '到達の翌日' },
    default: 'dayAfterDesignated',
    basis: '発送日',
    source: '',
    verify: true,
  },
  tainoshaIncludesYuyo: {
    label: '滞納者情報に猶予中を含める',
    type: 'boolean',
    default: true,
    basis: '発送日',
    source: '',
    verify: true,
  },
  outlierCountPct: {
    label: '件数差の注意',
    type: 'integer',
    unit: '%',
    min: 1,
    max: 1000,
    default: 30,
    basis: '発送日',
    source: '',
    verify: true,
  },
} as const satisfies Record<keyof TokusokuOptions, OptionDefinition>

/**
 * The options of a run: of each option the version in force on the 発送日; options whose basis is the 納期限 stay a schedule.
 * `versions` are the recorded ones (any order); an option without version has its default. Throws RangeError when a value
 * does not fit its definition.
 */
export function resolveTokusokuOptions(versions: readonly OptionVersion[], issueOn: PlainDate): TokusokuOptions {
  const recorded = (name: keyof TokusokuOptions) => scheduleOf(name, TOKUSOKU_OPTIONS[name], versions)
  const whole = (name: keyof TokusokuOptions): number => asNumber(at(recorded(name), issueOn))
  const flag = (name: keyof TokusokuOptions): boolean => at(recorded(name), issueOn) === true
  const choice = <C extends object>(name: keyof TokusokuOptions, choices: C): keyof C =>
    asKeyOf(choices, at(recorded(name), issueOn))
  return {
    designatedDays: whole('designatedDays'),
    issueLimitDays: whole('issueLimitDays'),
    feeYen: recorded('feeYen').map(({ from, value }) => ({ from, value: BigInt(asNumber(value)) })),
    minUnpaidYen: BigInt(whole('minUnpaidYen')),
    noticeUnit: choice('noticeUnit', TOKUSOKU_OPTIONS.noticeUnit.choices),
    entaikinPrint: choice('entaikinPrint', TOKUSOKU_OPTIONS.entaikinPrint.choices),
    slipIncludesEntaikin: flag('slipIncludesEntaikin'),
    slipDeadline: choice('slipDeadline', TOKUSOKU_OPTIONS.slipDeadline.choices),
    lowMonths: recorded('lowMonths').map(({ from, value }) => ({ from, value: asNumber(value) })),
    entaikinRates: [...ENTAIKIN_RATES, ...recorded('entaikinRates').flatMap(recordedRate)],
    partPaidAt004: choice('partPaidAt004', TOKUSOKU_OPTIONS.partPaidAt004.choices),
    waiveFeeIfPaidBeforeIssue: flag('waiveFeeIfPaidBeforeIssue'),
    dvIndividualNotice: flag('dvIndividualNotice'),
    highAmountYen: BigInt(whole('highAmountYen')),
    prescriptionYears: whole('prescriptionYears'),
    prescriptionRestart: choice('prescriptionRestart', TOKUSOKU_OPTIONS.prescriptionRestart.choices),
    tainoshaIncludesYuyo: flag('tainoshaIncludesYuyo'),
    outlierCountPct: whole('outlierCountPct'),
  }
}

/** Of a recorded 延滞金特例基準割合 the rates of its year; 0 records none. */
function recordedRate({ from, value }: Schedule<number | boolean | string>[number]): readonly EntaikinRate[] {
  return value === 0 ? [] : [rateOfBase(partsOf(from).year, BigInt(asNumber(value)))]
}

/** `scheduleOf` has checked every value against its definition; these two tell the compiler. */
function asNumber(value: number | boolean | string): number {
  if (typeof value !== 'number') throw new RangeError(`not a number: ${value}`)
  return value
}
const isKeyOf = <C extends object>(choices: C, key: PropertyKey): key is keyof C => Object.hasOwn(choices, key)
function asKeyOf<C extends object>(choices: C, value: number | boolean | string): keyof C {
  if (typeof value !== 'string' || !isKeyOf(choices, value)) throw new RangeError(`not a choice: ${value}`)
  return value
}

/** The options of a municipality that has set nothing. */
export const DEFAULT_TOKUSOKU_OPTIONS: TokusokuOptions = resolveTokusokuOptions([], plainDateOf('2026-04-01'))
