import { SHISAN, type ShisanName } from '#rules/shisan/index.ts'
import type { Role } from './roles.ts'

/** Who may call a route: everybody, whoever is logged in, or the named roles. */
export type Right = 'public' | 'anyone' | readonly Role[]

const WORK = ['tantou', 'kakaricho'] as const
/** Work and its audit: personal data may be on the screen. */
const PERSONAL = ['tantou', 'kakaricho', 'kansa'] as const
/** Progress without personal data. */
const PROGRESS = ['tantou', 'kakaricho', 'gyomu', 'kansa', 'kanri'] as const
const LEAD = ['kakaricho'] as const
const MEND = ['kakaricho', 'kanri'] as const
const AUDIT = ['kansa'] as const
const CHECK = ['kansa', 'kanri'] as const
/** Accounts, roles and 係. */
const ACCOUNTS = ['kanri'] as const
/** The second person for a role, a layout or a text of the municipality. */
const SECOND = ['kakaricho', 'kanri'] as const
/** Who may propose a change of a setting. */
const PROPOSE = ['tantou', 'kakaricho', 'gyomu', 'kanri'] as const
/** Whether a run's books are right: who answers for it, and who audits it. */
const BALANCE = ['kakaricho', 'kansa'] as const

/** 試算: no personal data in or out, for everybody who works here. */
const calculations = Object.fromEntries(SHISAN.map(({ name }) => [`POST /api/shisan/${name}`, 'anyone'])) as Readonly<
  Record<`POST /api/shisan/${ShisanName}`, 'anyone'>
> // the names of the list itself

/** 権限の表: route × role, every route written out. What a role may not do is refused and recorded. */
export const RIGHTS = {
  'GET /api/login/options': 'public',
  'GET /api/login': 'public',
  'GET /api/login/callback': 'public',
  'POST /api/logout': 'anyone',
  'GET /api/me': 'anyone',
  'GET /api/status': 'anyone',
  'GET /api/clock': 'anyone',
  'POST /api/clock': PROGRESS, // sample data only, else refused by the route
  'GET /api/events': 'anyone',

  'GET /api/tasks': PERSONAL,
  'POST /api/tasks/search': PERSONAL,
  'GET /api/tasks/counts': PERSONAL,
  'GET /api/tasks/choices': PERSONAL,
  'POST /api/tasks/bulk': WORK,
  'POST /api/tasks/next': WORK,
  'GET /api/tasks/views': PERSONAL,
  'POST /api/tasks/views': PERSONAL,
  'PUT /api/tasks/views/:viewId': PERSONAL,
  'POST /api/tasks/views/:viewId/remove': PERSONAL,
  'GET /api/tasks/:taskId': PERSONAL,
  'GET /api/tasks/:taskId/history': PERSONAL,
  'GET /api/tasks/:taskId/comments': PERSONAL, // what people write may be personal
  'POST /api/tasks/:taskId/comments': WORK,
  'GET /api/tasks/:taskId/attachments': PERSONAL,
  'POST /api/tasks/:taskId/attachments': WORK,
  'GET /api/tasks/:taskId/attachments/:attachmentId/content': PERSONAL, // under 抑止 nobody: TASK-021
  'POST /api/tasks/:taskId/attachments/:attachmentId/disclose': LEAD,
  'POST /api/tasks/:taskId/attachments/:attachmentId/withdraw': WORK, // what one added oneself, or a 係長
  'PUT /api/tasks/:taskId/presence': PERSONAL,
  'POST /api/tasks/:taskId/claim': WORK,
  'POST /api/tasks/:taskId/unclaim': WORK,
  'PUT /api/tasks/:taskId/draft': WORK,
  'POST /api/tasks/:taskId/refresh': WORK,
  'POST /api/tasks/:taskId/letters': WORK,
  'POST /api/tasks/:taskId/complete': WORK,
  'POST /api/tasks/:taskId/propose': WORK,
  'POST /api/tasks/:taskId/release': LEAD,
  'GET /api/tasks/:taskId/worksheet': PERSONAL,
  'POST /api/tasks/:taskId/worksheet/search': PERSONAL,
  'GET /api/tasks/:taskId/worksheet.csv': WORK,
  'POST /api/tasks/:taskId/worksheet/print': WORK,
  'POST /api/tasks/:taskId/worksheet/breakdown': PERSONAL,
  'POST /api/tasks/:taskId/pins': WORK,
  'PUT /api/sheets/:kind/columns': PERSONAL,
  'POST /api/tasks/:taskId/marks': WORK,
  'POST /api/tasks/:taskId/proposals/accept': WORK,

  'GET /api/notifications': 'anyone',
  'GET /api/notifications/unread': 'anyone',
  'POST /api/notifications/read': 'anyone',

  'GET /api/flows': PROGRESS,
  'GET /api/flows/:flow/defaults': WORK,
  'POST /api/runs/check': WORK,
  'POST /api/runs': WORK,
  'GET /api/runs': PROGRESS,
  'GET /api/runs/:runId': PROGRESS,
  'GET /api/runs/:runId/check': BALANCE,
  'POST /api/runs/:runId/files/:fileId/sheet': WORK,
  'GET /api/runs/:runId/evidence': BALANCE,
  'POST /api/runs/:runId/cancel': LEAD,
  'POST /api/runs/:runId/report': WORK,
  'POST /api/runs/:runId/report/sent': WORK,
  'GET /api/runs/:runId/notices': PERSONAL,
  'GET /api/runs/:runId/attachments': PERSONAL,

  'GET /api/files/kinds': PROGRESS,
  'GET /api/files': PROGRESS,
  'POST /api/files': WORK,
  'GET /api/files/:fileId': PROGRESS,
  'GET /api/files/:fileId/errors': PERSONAL, // a refused value may be personal
  'GET /api/files/:fileId/content': PERSONAL,
  'GET /api/documents/:documentId': PERSONAL,

  'POST /api/insured/search': PERSONAL,
  'GET /api/insured/:insuredId': PERSONAL,
  'GET /api/insured/:insuredId/movements': PERSONAL,
  'GET /api/insured/:insuredId/judgements': PERSONAL,
  'GET /api/insured/:insuredId/readers': PERSONAL,
  'POST /api/insured/:insuredId/disclose': LEAD,
  'GET /api/insured/:insuredId/spellings': PERSONAL,
  'POST /api/insured/:insuredId/spellings': WORK,
  'POST /api/insured/:insuredId/spellings/:spellingId/end': WORK,

  'GET /api/returns': PERSONAL,
  'GET /api/returns/:returnId': PERSONAL,
  'POST /api/returns/:returnId/disclose': LEAD,
  'POST /api/notices/:noticeId/return': WORK,
  'POST /api/returns/:returnId/note': WORK,
  'POST /api/returns/:returnId/resend': WORK, // under 抑止 by a 係長 only: F52-26
  'POST /api/returns/:returnId/withdraw': WORK,
  'POST /api/returns/:returnId/post': WORK, // under 抑止 by another 係長: F52-27
  'POST /api/returns/:returnId/end': WORK,

  'GET /api/instances': PROGRESS,
  'GET /api/instances/:key': PROGRESS,
  'GET /api/instances/:key/timeline': PROGRESS,
  'POST /api/instances/:key/incidents/:incidentKey/retry': MEND,
  'POST /api/instances/retry': MEND,

  'GET /api/settings/staff': PROGRESS,
  'POST /api/settings/staff': ACCOUNTS,
  'POST /api/settings/staff/:userId/disable': ACCOUNTS,
  'POST /api/settings/staff/:userId/enable': ACCOUNTS,
  'POST /api/settings/staff/:userId/roles': ACCOUNTS,
  'POST /api/settings/roles/:roleId/approve': SECOND,
  'POST /api/settings/roles/:roleId/end': ACCOUNTS,
  'POST /api/settings/units': ACCOUNTS,
  'PUT /api/settings/units/:unitId': ACCOUNTS,
  'POST /api/settings/units/:unitId/members': ACCOUNTS,
  'POST /api/settings/members/:memberId/end': ACCOUNTS,
  'POST /api/settings/deputies': WORK, // for oneself, or a 係長 for the own 係
  'POST /api/settings/deputies/:deputyId/approve': LEAD,
  'POST /api/settings/deputies/:deputyId/withdraw': WORK,

  'GET /api/settings/options': PROGRESS,
  'GET /api/settings/options/:flow/:name': PROGRESS,
  'POST /api/settings/options/:flow/:name': PROPOSE,
  'POST /api/settings/option-changes/:changeId/enforce': LEAD,
  'POST /api/settings/option-changes/:changeId/refuse': PROPOSE,

  'GET /api/settings/municipality/:name': PROGRESS,
  'POST /api/settings/municipality/:name': PROPOSE,
  'POST /api/settings/seals': PROPOSE,
  'GET /api/settings/profiles': PROGRESS,
  'GET /api/settings/profiles/:kind': PROGRESS,
  'POST /api/settings/profiles/:kind': PROPOSE,
  'POST /api/settings/profiles/:kind/try': WORK, // a refused value may be personal
  'POST /api/settings/changes/:changeId/enforce': SECOND,
  'POST /api/settings/changes/:changeId/refuse': PROPOSE,
  'GET /api/settings/closures': PROGRESS,
  'GET /api/settings/closures/:day': PROGRESS,
  'POST /api/settings/closures': SECOND,
  'POST /api/settings/closures/:day/remove': SECOND,

  'GET /api/audit': AUDIT,
  'POST /api/audit/search': AUDIT,
  'GET /api/audit/state': CHECK,
  'POST /api/audit/verify': CHECK,
  'GET /api/audit/export': AUDIT,
  'GET /api/audit/:eventId': AUDIT,

  'GET /api/operations': MEND,
  'POST /api/operations/alarms/:alarmId/clear': MEND,
  'POST /api/operations/quarantine/again': MEND,

  'GET /api/shisan': 'anyone',
  ...calculations,
} as const satisfies Readonly<Record<`${string} /${string}`, Right>>

export type GuardedRoute = keyof typeof RIGHTS

/** Whether somebody with these roles may call a route; `null` is nobody. */
export function isAllowed(route: GuardedRoute, roles: readonly string[] | null): boolean {
  const right: Right = RIGHTS[route]
  if (right === 'public') return true
  if (roles === null) return false
  return right === 'anyone' ? roles.length > 0 : right.some((role) => roles.includes(role))
}
