/** Words for the counts of a run's results (sheet 5.2 §3), in the order they are read. */
export const RESULT_WORDS: Readonly<Record<string, readonly [word: string, counter: string]>> = {
  delinquentCount: ['把握した滞納', '件'],
  reviewCount: ['要確認', '件'],
  targetCount: ['督促の対象', '件'],
  excludedCount: ['除外', '件'],
  noticeCount: ['作った通知', '通'],
  unprintableCount: ['発行不能', '通'],
  printFileCount: ['印刷ファイル', '本'],
  releasedCount: ['発送を認めた', '通'],
  pulledCount: ['引抜き', '通'],
  fileVersion: ['送付ファイルの版', '版'],
  fileCount: ['送付ファイルの行', '行'],
  issuedCount: ['発送した', '通'],
}
