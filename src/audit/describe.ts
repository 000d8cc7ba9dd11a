import { inJapan } from '#kernel/japan-time.ts'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { formatWarekiShort } from '#rules/calendar/wareki.ts'
import { faultWord, reasonWord } from './code-words.ts'
import type { EventKind } from './events.ts'

/** 種類 of a record, as the auditor filters it. */
export type AuditCategory =
  | 'read'
  | 'change'
  | 'approve'
  | 'refused'
  | 'disclose'
  | 'output'
  | 'receive'
  | 'failed'
  | 'session'
  | 'system'

export const CATEGORY_LABELS: Readonly<Record<AuditCategory, string>> = {
  read: '閲覧',
  change: '変更',
  approve: '承認',
  refused: '拒否',
  disclose: '開示',
  output: '出力',
  receive: '受領',
  failed: '失敗',
  session: 'ログイン',
  system: 'システム',
}

type Payload = Readonly<Record<string, unknown>>
interface KindText {
  readonly category: AuditCategory
  /** 内容: what happened, as a sentence without its subject. */
  say(payload: Payload): string
}

const text = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'string'
      ? inWords(value)
      : typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : JSON.stringify(value)
/** A day as 「R8.8.20」, a moment as 「R8.8.20 09:00」 in Japan, every other text as it is. */
function inWords(value: string): string {
  const day = parsePlainDate(value)
  if (day !== null) return formatWarekiShort(day)
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return value
  const moment = inJapan(value)
  return `${formatWarekiShort(moment.day)} ${moment.time.slice(0, 5)}`
}
const count = (value: unknown): string => (typeof value === 'number' ? value.toLocaleString('ja-JP') : text(value))

const ACTIONS: Readonly<Record<string, string>> = {
  exclude: 'を除外した',
  include: 'を対象に戻した',
  pull: 'を引き抜いた',
  unpull: 'を発送に戻した',
  note: 'にメモを書いた',
}
const kv = (payload: Payload, key: string): Payload => {
  const value = payload[key]
  return typeof value === 'object' && value !== null ? (value as Payload) : {} // a JSON object, just checked
}
const decisionOf = (payload: Payload): string => text(kv(payload, 'form')['decision'])
const DECISIONS: Readonly<Record<string, string>> = {
  ok: '完了した',
  redo: '差し戻した',
  recheck: '把握からのやり直しにした',
}
const why = (payload: Payload): string => (payload['reason'] ? `。理由: ${text(payload['reason'])}` : '')
/** 「(充当予定)」 */
const because = (payload: Payload): string => {
  const reason = reasonWord(payload)
  return reason === null ? '' : `(${reason})`
}
/** Attempts that no route of the API stands for. */
const ATTEMPTS: Readonly<Record<string, string>> = { release: '二人目の確認', login: 'ログイン' }
/** What was refused: the route as its document calls it. Older records know its address alone. */
const attemptOf = (payload: Payload): string =>
  text(payload['what'] ?? ATTEMPTS[text(payload['act'])] ?? payload['act'])
/** As on screen; `#access/roles.ts` stands above this folder. */
export const ROLE_WORDS: Readonly<Record<string, string>> = {
  tantou: '担当',
  kakaricho: '係長',
  gyomu: '業務設計者',
  kansa: '監査',
  kanri: '管理者',
}
const roleOf = (change: Payload): string => ROLE_WORDS[text(change['role'])] ?? text(change['role'])
const viewOf = (payload: Payload): string => (payload['isShared'] === true ? '係の表示' : '自分の表示')
const plain = (category: AuditCategory, sentence: string): KindText => ({ category, say: () => sentence })

const KINDS: Readonly<Record<EventKind, KindText>> = {
  'task-opened': plain('system', '作業ができた'),
  'task-claimed': {
    category: 'change',
    say: (p) => (typeof p['insteadOf'] === 'string' ? `${p['insteadOf']} の代理で担当した` : '担当した'),
  },
  'task-unclaimed': plain('change', '手放した'),
  'task-refreshed': plain('change', '最新の収納を反映した'),
  'rows-marked': {
    category: 'change',
    say: (p) => `${count(p['count'])}件${ACTIONS[text(p['action'])] ?? `を${text(p['action'])}`}${because(p)}`,
  },
  'proposals-accepted': { category: 'change', say: (p) => `提案${count(p['count'])}件をすべて受け入れた` },
  'letters-made': { category: 'change', say: (p) => `発行不能を直して${count(p['count'])}通を個別に作成した` },
  'task-completed': { category: 'change', say: (p) => DECISIONS[decisionOf(p)] ?? `判断した(${decisionOf(p)})` },
  'task-proposed': plain('approve', '一人目の確認をした'),
  'task-released': plain('approve', '二人目として認めた'),
  'task-reassigned': { category: 'change', say: (p) => `担当を ${text(p['to'])} に替えた` },
  'task-postponed': {
    category: 'change',
    say: (p) => (p['followUpOn'] === null ? '再開日を外した' : `再開日を ${text(p['followUpOn'])} にした`),
  },
  'task-commented': plain('change', 'コメントを書いた'),
  'attachment-added': {
    category: 'change',
    say: (p) =>
      `添付 ${text(p['attachmentId'])} を加えた(${text(p['type']).toUpperCase()}、${count(p['byteSize'])}バイト)`,
  },
  'attachment-withdrawn': { category: 'change', say: (p) => `添付 ${text(p['attachmentId'])} を取り下げた` },
  'task-view-saved': { category: 'change', say: (p) => `${viewOf(p)}「${text(p['name'])}」を保存した` },
  'task-view-removed': { category: 'change', say: (p) => `${viewOf(p)}「${text(p['name'])}」をやめた` },
  'step-done': { category: 'system', say: (p) => `工程が終わった${outputText(kv(p, 'output'))}` },
  'step-failed': { category: 'failed', say: (p) => `工程が止まった。${faultWord(p['code'])}` },
  'run-started': { category: 'change', say: (p) => `処理 ${text(p['number'])} を始めた` },
  'run-cancelled': { category: 'change', say: (p) => `処理を中止した。理由: ${text(p['reason'])}` },
  'run-finished': { category: 'system', say: (p) => `処理が終わった(${text(p['outcome'])})` },
  login: plain('session', 'ログインした'),
  logout: plain('session', 'ログアウトした'),
  'token-issued': {
    category: 'session',
    say: (p) => `${text(p['login'])} のトークンを出した(${text(p['expiresAt'])}まで)`,
  },
  refused: { category: 'refused', say: (p) => `断られた:${attemptOf(p)}。${faultWord(p['code'])}` },
  read: { category: 'read', say: (p) => `${text(p['what'])}を見た(${count(p['count'])}件)` },
  disclosed: { category: 'disclose', say: (p) => `伏せた項目を開いた。理由: ${text(p['reason'])}` },
  output: {
    category: 'output',
    say: (p) =>
      `${text(p['what'])}を出力した(${count(p['count'])}件${p['omitted'] ? `、支援措置により${count(p['omitted'])}件を除く` : ''})`,
  },
  'file-received': {
    category: 'receive',
    say: (p) => `ファイルを受け取った(${text(p['fileLabel'] ?? p['fileKind'])})`,
  },
  'file-accepted': {
    category: 'receive',
    say: (p) => `ファイルを受け入れた(受入れ${count(p['accepted'])}行、拒否${count(p['rejected'])}行)`,
  },
  'file-refused': { category: 'failed', say: (p) => `ファイルを受け入れなかった。${faultWord(p['code'])}` },
  'file-made': {
    category: 'output',
    say: (p) => `送付ファイル 第${text(p['version'])}版を作った(${count(p['lines'])}行)`,
  },
  'file-sent': { category: 'change', say: (p) => `送付ファイル 第${text(p['version'])}版の送付を記録した` },
  'print-file-replaced': {
    category: 'output',
    say: (p) => `印刷ファイル${text(p['number'])}を作り直した(変わった通知${count(p['pulled'])}件を除く)`,
  },
  'letter-returned': {
    category: 'change',
    say: (p) => `返戻を登録した${because(p)}`,
  },
  'letter-resent': plain('approve', '再発送を決めた'),
  'letter-resend-withdrawn': plain('change', '再発送を取りやめた'),
  'letter-posted': plain('approve', '公示送達を登録した'),
  'return-noted': plain('change', '居所調査の経過を書いた'),
  'return-ended': {
    category: 'change',
    say: (p) => `返戻の調査を終えた${because(p)}`,
  },
  'spelling-decided': {
    category: 'change',
    say: (p) =>
      `${text(p['field'])}の代替表記を決めた(字形なし ${Array.isArray(p['missing']) ? p['missing'].map(text).join('、') : ''})。理由: ${text(p['reason'])}`,
  },
  'spelling-ended': {
    category: 'change',
    say: (p) => `${text(p['field'])}の代替表記を終えた(${text(p['endsOn'])}まで)。理由: ${text(p['reason'])}`,
  },
  'engine.duplicate-start': plain('system', '重複起動を止めた'),
  'engine.instance-of-closed-run': plain('system', '閉じた処理の実行を止めた'),
  'engine.instance-terminated': plain('failed', 'エンジンが実行を打ち切った'),
  'engine.epoch': plain('system', 'エンジンのデータの世代を改めた'),
  'engine.run-moved': {
    category: 'system',
    say: (p) => `エンジンのデータの第${text(p['fromEpoch'])}世代から第${text(p['epoch'])}世代へ引き継いだ`,
  },
  'incident-retried': { category: 'change', say: (p) => `止まった工程をもう一度行った。理由: ${text(p['reason'])}` },
  'clock-moved': { category: 'system', say: (p) => `見本の日付を進めた(${text(p['from'])}から${text(p['to'])})` },
  'journal-verified': {
    category: 'system',
    say: (p) => `記録を検証した(${count(p['checked'])}件、${p['isSound'] === true ? '改ざんなし' : '誤りあり'})`,
  },
  'model-deployed': {
    category: 'change',
    say: (p) => `業務フロー ${text(p['processId'])} 第${text(p['version'])}版を施行した`,
  },
  'user-added': { category: 'change', say: (p) => `職員 ${text(p['login'])} を登録した` },
  'user-disabled': { category: 'change', say: (p) => `ログイン ${text(p['login'])} を止めた${why(p)}` },
  'user-enabled': { category: 'change', say: (p) => `ログイン ${text(p['login'])} を戻した${why(p)}` },
  'role-granted': {
    category: 'change',
    say: (p) => `${text(p['login'])} に役割 ${roleOf(kv(p, 'after'))} を与えた${why(p)}`,
  },
  'role-approved': {
    category: 'approve',
    say: (p) => `${text(p['login'])} の役割 ${roleOf(kv(p, 'after'))} を二人目として認めた`,
  },
  'role-ended': {
    category: 'change',
    say: (p) => `${text(p['login'])} の役割 ${roleOf(kv(p, 'before'))} を終えた${why(p)}`,
  },
  'unit-set': { category: 'change', say: (p) => `係 ${text(kv(p, 'after')['code'])} を改めた` },
  'member-set': {
    category: 'change',
    say: (p) => `${text(p['login'])} の係 ${text(kv(p, 'after')['unit'])} の期間を改めた`,
  },
  'deputy-set': {
    category: 'change',
    say: (p) => `${text(p['login'])} の代理を ${text(kv(p, 'after')['deputy'])} にした${why(p)}`,
  },
  'deputy-approved': {
    category: 'approve',
    say: (p) => `${text(p['login'])} の代理 ${text(kv(p, 'after')['deputy'])} を認めた`,
  },
  'deputy-withdrawn': { category: 'change', say: (p) => `${text(p['login'])} の代理をやめた${why(p)}` },
  'option-proposed': { category: 'change', say: (p) => `「${text(p['title'])}」の変更を出した${why(p)}` },
  'option-enforced': { category: 'approve', say: (p) => `「${text(p['title'])}」の変更を施行した` },
  'option-refused': { category: 'change', say: (p) => `「${text(p['title'])}」の変更を差し戻した${why(p)}` },
  'seal-registered': {
    category: 'change',
    say: (p) => `公印の画像を登録した(${text(p['note'])} ${text(p['sha256']).slice(0, 8)})`,
  },
  'setting-proposed': { category: 'change', say: (p) => `「${text(p['title'])}」の変更を出した${why(p)}` },
  'setting-enforced': { category: 'approve', say: (p) => `「${text(p['title'])}」の変更を施行した` },
  'setting-refused': { category: 'change', say: (p) => `「${text(p['title'])}」の変更を差し戻した${why(p)}` },
  'closure-set': { category: 'change', say: (p) => `休庁日 ${text(p['title'])} を登録した` },
  'closure-removed': { category: 'change', say: (p) => `休庁日 ${text(p['title'])} を取り消した` },
  'backup-made': { category: 'system', say: (p) => `控えを取った(目録 ${text(p['sha256']).slice(0, 12)})` },
  restored: { category: 'system', say: (p) => `控えから戻した(${text(p['madeAt'])} の控え)` },
  'alarm-cleared': { category: 'change', say: (p) => `警報 ${text(p['alarm'])} を消した。理由: ${text(p['reason'])}` },
  'record-projected-again': {
    category: 'change',
    say: (p) => `隔離した記録 ${text(p['record'])} を読み直した(${p['isDone'] === true ? '読めた' : '読めない'})`,
  },
  'sample-loaded': { category: 'system', say: (p) => `見本データ(${count(p['insured'])}人)を入れた` },
}

const COUNT_LABELS: Readonly<Record<string, string>> = {
  delinquentCount: '把握',
  targetCount: '対象',
  excludedCount: '除外',
  reviewCount: '要確認',
  noticeCount: '作成',
  unprintableCount: '発行不能',
  releasedCount: '発送を認めた',
  pulledCount: '引抜き',
  printFileCount: '印刷ファイル',
  fileCount: '送付',
  issuedCount: '登録',
}
function outputText(output: Payload): string {
  const parts = Object.entries(COUNT_LABELS).flatMap(([name, label]) =>
    typeof output[name] === 'number' ? [`${label}${count(output[name])}`] : [],
  )
  return parts.length === 0 ? '' : `(${parts.join('、')})`
}

const isKind = (kind: string): kind is EventKind => kind in KINDS

/** An event in words. A kind of an older program is shown by its name. */
export function describeEvent(
  kind: string,
  payload: Payload,
): { readonly category: AuditCategory; readonly label: string; readonly summary: string } {
  const entry = isKind(kind) ? KINDS[kind] : plain('system', kind)
  return { category: entry.category, label: CATEGORY_LABELS[entry.category], summary: entry.say(payload) }
}

/** Kinds of a category, for a filter in SQL. */
export const kindsOf = (categories: readonly string[]): readonly string[] =>
  Object.entries(KINDS).flatMap(([kind, { category }]) => (categories.includes(category) ? [kind] : []))
