/** 理由の一覧 of 5.2 as data. Codes are unique within the flow: store flow + code. Source: sheet 5.2 §4. */
export interface ReasonEntry {
  readonly label: string
  /** Who may choose it: the system alone, every 担当 and 係長, or only a 係長. */
  readonly by: 'system' | '担当' | '係長'
  /** Needs the 開庁日 on which the row is looked at again. */
  readonly needsFollowUpOn: boolean
  /** Least length of the memo; 0 = none needed. */
  readonly noteMin: number
}

const system = (label: string): ReasonEntry => ({ label, by: 'system', needsFollowUpOn: false, noteMin: 0 })
const clerk = (label: string, needs: Partial<Omit<ReasonEntry, 'label'>> = {}): ReasonEntry => ({
  label,
  by: '担当',
  needsFollowUpOn: false,
  noteMin: 0,
  ...needs,
})

/** Whether 002 may turn an excluded row into 対象. `redoOnly`: register the fact, then do 001 again. */
export type Reinclude = 'never' | 'redoOnly' | '係長' | '担当'

export interface VerdictReason extends ReasonEntry {
  readonly verdict: '除外' | '要確認'
  readonly reinclude: Reinclude
}

const verdict = (label: string, leadsTo: VerdictReason['verdict'], reinclude: Reinclude): VerdictReason => ({
  ...system(label),
  verdict: leadsTo,
  reinclude,
})

/** 001 判定の理由, in the order in which the first hit becomes the primary reason. */
export const VERDICT_REASONS = {
  A02: verdict('督促済・他の処理回で作成中', '除外', 'never'),
  A10: verdict('時効完成', '除外', 'never'),
  A12: verdict('繰上徴収', '除外', 'never'),
  A01: verdict('徴収猶予中', '除外', 'never'),
  A09: verdict('執行停止中', '除外', 'never'),
  A05: verdict('抑止対象(DV等)', '除外', '係長'),
  A06: verdict('抑止期間満了・未解除', '要確認', '係長'),
  A04: verdict('死亡・相続人代表者なし', '除外', 'redoOnly'),
  A13: verdict('納入通知未送達', '要確認', '担当'),
  A07: verdict('納付確認中', '要確認', '担当'),
  A08: verdict('過誤納充当待ち', '要確認', '担当'),
  A11: verdict('更正・減免処理中', '要確認', '担当'),
  A03: verdict('少額', '除外', '担当'),
} as const satisfies Record<string, VerdictReason>
export type VerdictCode = keyof typeof VERDICT_REASONS

/** 002 で人が選ぶ除外の理由. */
export const EXCLUDE_REASONS = {
  T10: clerk('納付確認中(領収書提示)', { needsFollowUpOn: true }),
  T11: clerk('納付相談中', { by: '係長', needsFollowUpOn: true }),
  T12: clerk('更正・減免処理中', { needsFollowUpOn: true }),
  T13: clerk('居所調査中', { needsFollowUpOn: true }),
  T14: clerk('相続人調査中', { needsFollowUpOn: true }),
  T15: clerk('充当予定', { needsFollowUpOn: true }),
  T16: clerk('少額'),
  T17: clerk('納入通知未送達', { needsFollowUpOn: true }),
  T18: clerk('災害等特別の事情', { by: '係長' }),
  T99: clerk('その他', { by: '係長', noteMin: 5 }),
} as const satisfies Record<string, ReasonEntry>
export type ExcludeCode = keyof typeof EXCLUDE_REASONS

/** 003 発行不能の理由. */
export const UNPRINTABLE_REASONS = {
  U01: system('宛先なし'),
  U02: system('郵便番号不備'),
  U03: system('字形なし'),
  U04: system('抑止対象'),
  U05: system('送付先重複'),
  U06: system('相続人代表者なし'),
  U07: system('窓あき枠超過'),
  U08: system('金額不一致'),
} as const satisfies Record<string, ReasonEntry>
export type UnprintableCode = keyof typeof UNPRINTABLE_REASONS

/** 004 引抜きの理由: P08 and P99 by hand, the others proposed by the system. P10 is ours (`noticeUnit` = person): a letter is pulled whole. */
export const PULL_REASONS = {
  P01: system('完納'),
  P02: system('一部納付'),
  P03: system('調定変更'),
  P04: system('猶予決定'),
  P05: system('死亡判明'),
  P06: system('抑止設定'),
  P07: system('宛先変更'),
  P08: clerk('印字不良'),
  P09: system('充当'),
  P10: system('同じ督促状の他の期別の引抜き'),
  P99: clerk('その他', { noteMin: 5 }),
} as const satisfies Record<string, ReasonEntry>
export type PullCode = keyof typeof PULL_REASONS

/** 006 送付をやり直す理由. */
export const RESEND_REASONS = {
  S01: clerk('件数不一致'),
  S02: clerk('金額不一致'),
  S03: clerk('対象者誤り'),
  S04: clerk('形式エラー(広域連合からの指摘)'),
  S99: clerk('その他', { noteMin: 5 }),
} as const satisfies Record<string, ReasonEntry>
export type ResendCode = keyof typeof RESEND_REASONS

/** 返戻の理由 (007 afterwards). */
export const RETURN_REASONS = {
  R1: clerk('あて所に尋ねあたりません'),
  R2: clerk('転居先不明'),
  R3: clerk('受取拒否'),
  R4: clerk('保管期間経過'),
  R5: clerk('死亡'),
  R9: clerk('その他'),
} as const satisfies Record<string, ReasonEntry>
export type ReturnCode = keyof typeof RETURN_REASONS

/** 返戻の調査を終えるわけ: nothing more is sent. */
export const RETURN_END_REASONS = {
  Z1: clerk('完納'),
  Z9: clerk('その他', { noteMin: 5 }),
} as const satisfies Record<string, ReasonEntry>
export type ReturnEndCode = keyof typeof RETURN_END_REASONS

/** 注意(印): without effect on the verdict, in the order shown. F-率 is ours: the year of a day has no registered rate (FC09). */
export const FLAGS = {
  'F-遅': '発送期限を過ぎています',
  'F-残': '取残し(前の納期限)',
  'F-初': '24か月以内に督促がありません',
  'F-高': '高額',
  'F-併': '年度内に特別徴収から普通徴収に変わりました',
  'F-不能': '口座振替不能',
  'F-部': '一部納付があります',
  'F-過': '未納額より少ない過誤納があります',
  'F-同': '同姓同名・同じ生年月日の人がいます',
  'F-転': '転出しています',
  'F-宛': '宛先か字形に不備があります',
  'F-率': '延滞金の率が未登録です(条例等の設定で登録してから、処理を始め直してください)',
} as const satisfies Record<string, string>
export type Flag = keyof typeof FLAGS
