import type { PlainDate } from '#kernel/plain-date.ts'

/** 見本の被保険者: everything the files say of one made-up person. Nobody in it exists. */
export interface Resident {
  readonly atenaNo: string
  readonly insuredNo: string
  readonly name: string
  readonly kana: string
  readonly bornOn: PlainDate | null
  readonly sex: '男' | '女' | '不明'
  /** Empty: unknown, so that no letter can be made (U01, U02). */
  readonly postalCode: string
  readonly address: string
  readonly addressDetail: string
  readonly phone: string
  readonly householdNo: string
  readonly relation: string
  readonly movedOutOn: PlainDate | null
  readonly diedOn: PlainDate | null
  readonly acquiredOn: PlainDate
  readonly lost: { readonly on: PlainDate; readonly reason: '転出' | '死亡' } | null
  readonly deliveries: readonly SampleDelivery[]
  readonly protections: readonly SampleProtection[]
  /** Left out: pays by slip, or from a pension. */
  readonly account?: SampleAccount
  readonly charges: readonly SampleCharge[]
}

export interface SampleAccount {
  readonly bankNo: string
  /** 半角カナ, as a bank writes it. */
  readonly bankName: string
  readonly branchNo: string
  readonly accountNo: string
  readonly from: PlainDate
}

export interface SampleDelivery {
  readonly kind: '本人' | '代理' | '相続人代表'
  readonly name: string
  readonly postalCode: string
  readonly address: string
  readonly from: PlainDate
  readonly to: PlainDate | null
}

export interface SampleProtection {
  readonly measure: '仮' | '本'
  readonly from: PlainDate
  readonly expiresOn: PlainDate | null
  readonly opponentName: string
}

/** One instalment with what happened to it. */
export interface SampleCharge {
  readonly fukaYear: number
  readonly tsuchishoNo: string
  readonly period: string
  readonly method: '普徴' | '特徴'
  readonly dueOn: PlainDate
  readonly yen: number
  readonly receipts: readonly SampleReceipt[]
  readonly deferral: { readonly from: PlainDate; readonly to: PlainDate; readonly decision: string } | null
  readonly dunned: { readonly issuedOn: PlainDate; readonly designatedOn: PlainDate } | null
  /** The 督促状 came back. */
  readonly returned?: {
    readonly on: PlainDate
    readonly why: 'あて所なし' | '転居先不明' | '保管期間経過'
    readonly resentOn: PlainDate | null
    readonly postedOn: PlainDate | null
  }
}

export type SampleRoad = '窓口' | '金融機関' | 'コンビニ' | '口座' | 'MPN' | '特徴'
export interface SampleReceipt {
  readonly yen: number
  readonly receivedOn: PlainDate
  readonly collectedOn: PlainDate
  readonly road: SampleRoad
}
