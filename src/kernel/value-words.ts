/** Words for the counts of a run's results (sheet 5.2 §3), in the order they are read. */
export const RESULT_WORDS: Readonly<Record<string, readonly [word: string, counter: string]>> = {
  delinquentCount: ['把握した滞納', '件'],
  reviewCount: ['要確認', '件'],
  targetCount: ['督促の対象', '件'],
  excludedCount: ['除外', '件'],
  noticeCount: ['作った通知', '通'],
  pulledCount: ['引抜き', '通'],
  unprintableCount: ['発行不能', '通'],
  printFileCount: ['印刷ファイル', '本'],
  releasedCount: ['発送を認めた', '通'],
  fileVersion: ['送付ファイルの版', '版'],
  fileCount: ['送付ファイルの行', '行'],
  issuedCount: ['発送した', '通'],
}

/** Words for the texts that a run was given. */
export const TEXT_WORDS: Readonly<Record<string, string>> = { lateReason: '納期限後20日を過ぎる理由' }

/** Words for the days of a run. */
export const DAY_WORDS: Readonly<Record<string, string>> = {
  dueOn: '納期限',
  asOf: '基準日',
  issueOn: '発送日',
  designatedOn: '指定期限',
  confirmDueOn: '確認の期限',
  registerDueOn: '登録の期限',
}
const OTHER_WORDS: Readonly<Record<string, string>> = {
  decision: '最後の判断',
  worksheetVersion: '滞納者一覧の版',
  noticeVersion: '通知の版',
  title: '処理の名前',
  includeCarriedOver: '取残しも含める',
  reflectAt: '収納の反映を待つ時',
  confirmDueAt: '確認の期限を知らせる時',
  issueAt: '発送日を知らせる時',
  fileId: 'ファイル',
  receivedOn: '受領した日',
}

/** Words for what a 確認 may decide. */
export const DECISION_WORDS: Readonly<Record<string, string>> = {
  ok: '確認済み',
  redo: '作り直し・把握し直し',
  recheck: '把握からやり直し',
}

/** A value of the flow by its Japanese word; one without a word keeps its own name. */
export const wordOf = (name: string): string =>
  RESULT_WORDS[name]?.[0] ?? DAY_WORDS[name] ?? TEXT_WORDS[name] ?? OTHER_WORDS[name] ?? name
