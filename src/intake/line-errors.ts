/**
 * 行の誤り: why a line was not taken, and 次にすること. Kept in `file_errors`; `L1x` are found while reading, `L2x` against
 * what is already loaded. Texts never repeat the value: it stands in its own field, and not at all for protected columns.
 */
export const LINE_ERRORS = {
  L11: { message: '値がありません', next: '値を入れて、直した行をもう一度受け入れてください。' },
  L12: { message: '日付として読めません(YYYY-MM-DD)', next: '実在する日付に直してください。' },
  L13: { message: '金額として読めません(0以上の整数、区切りなし)', next: '円単位の整数に直してください。' },
  L14: { message: '桁数か文字が合いません({hint})', next: '先頭の0が落ちていないか確認してください。' },
  L15: { message: '決められた値ではありません({hint})', next: 'いずれかの値に直してください。' },
  L16: { message: '長すぎます({hint}文字まで)', next: '決められた長さに直してください。' },
  L17: { message: '読めない文字か制御文字があります', next: '文字コードを確認し、送付元に確認してください。' },
  L18: { message: '項目の数が合いません({hint})', next: '区切りの「,」と「"」を確認してください。' },
  L19: { message: '年度として読めません(西暦4桁)', next: '西暦の年度に直してください。' },
  L21: {
    message: '宛名番号が宛名にありません',
    next: '先に宛名(atena)を受け入れてから、この行をもう一度受け入れてください。',
  },
  L22: {
    message: '被保険者番号が被保険者にありません',
    next: '先に被保険者(hihokensha)を受け入れてから、この行をもう一度受け入れてください。',
  },
  L23: {
    message: '期割がありません(賦課年度・調定年度・通知書番号・期別・徴収区分)',
    next: '先に期割(kiwari)を受け入れるか、番号と期別を送付元に確認してください。',
  },
  L24: { message: '同じファイルの{hint}行目と同じです', next: '正しい行だけを残して、もう一度受け入れてください。' },
  L25: { message: '終わりの日が始まりの日より前です', next: '日付を確認してください。' },
  L26: {
    message: '被保険者番号が別の宛名番号で登録されています',
    next: '被保険者番号と宛名番号の組を送付元に確認してください。',
  },
  L27: {
    message: '期割が別の{hint}で登録されています',
    next: '登録済みの期割を確認してください。納期限や被保険者はファイルでは変えられません。',
  },
  L28: { message: '金額がすべて0です', next: '収納額、延滞金、督促手数料のどれかを入れてください。' },
  L29: {
    message: 'この期割には別の日の督促が登録されています',
    next: '督促履歴を確認してください。二重の督促は登録できません。',
  },
  L31: {
    message: 'この期割の督促が登録されていません',
    next: '先に督促履歴(tokusoku)を受け入れるか、番号と期別を送付元に確認してください。',
  },
  L32: {
    message: 'この通知の返戻は別の内容で登録されています',
    next: '「返戻・居所調査」で登録済みの内容を確認してください。',
  },
  L33: {
    message: '顧客番号が期割を表していません(通知書番号10・期別2・賦課年度2・調定年度2・回2・0・検証番号)',
    next: '金融機関との契約の顧客番号を確認してください。',
  },
  L34: {
    message: 'この期割の口座振替は別の金額か結果で登録されています',
    next: '受け入れ済みの依頼・結果を確認し、金融機関に確認してください。',
  },
} as const satisfies Record<string, { readonly message: string; readonly next: string }>
export type LineErrorCode = keyof typeof LINE_ERRORS

/** What is wrong with one value of one line. */
export interface LineError {
  readonly field: string | null
  readonly value: string | null
  readonly code: LineErrorCode
  readonly hint?: string
}

/** A protected value is never repeated (支援措置, sheet 1.1 §2.3 LG1). */
export const HIDDEN_VALUE = '伏せています'

const MAX_SHOWN = 60

/** The value as an error list may show it. */
export const shownValue = (value: string, isProtected: boolean | undefined): string =>
  isProtected === true ? HIDDEN_VALUE : value.replaceAll(/\p{Cc}/gu, '�').slice(0, MAX_SHOWN)
