import type { Static, TSchema } from 'typebox'
import { insuredRoutes } from '#people/insured.schema.ts'
import { returnRoutes } from '#people/returns.schema.ts'
import { spellingRoutes } from '#people/spellings.schema.ts'
import { attachmentRoutes } from '#tasklist/attachments.schema.ts'
import { companyRoutes } from '#tasklist/company.schema.ts'
import { notificationRoutes } from '#tasklist/notifications.schema.ts'
import { taskRoutes } from '#tasklist/tasks.schema.ts'
import { worksheetRoutes } from '#tasklist/worksheet.schema.ts'
import { instanceRoutes } from '#trace/instances.schema.ts'
import { runRoutes } from '#trace/runs.schema.ts'
import { auditRoutes } from './routes/audit.schema.ts'
import { fileRoutes } from './routes/files.schema.ts'
import { operationsRoutes } from './routes/operations.schema.ts'
import { sessionRoutes } from './routes/session.schema.ts'
import { settingsRoutes } from './routes/settings.schema.ts'
import { shisanRoutes } from './routes/shisan.schema.ts'
import { staffRoutes } from './routes/staff.schema.ts'

/** Every route of the HTTP API. The server registers from it, the document is made from it, the browser is typed by it. */
export const API = {
  ...sessionRoutes,
  ...taskRoutes,
  ...companyRoutes,
  ...attachmentRoutes,
  ...notificationRoutes,
  ...worksheetRoutes,
  ...runRoutes,
  ...fileRoutes,
  ...insuredRoutes,
  ...returnRoutes,
  ...spellingRoutes,
  ...instanceRoutes,
  ...staffRoutes,
  ...settingsRoutes,
  ...auditRoutes,
  ...operationsRoutes,
  ...shisanRoutes,
} as const

export type Api = typeof API
export type RouteKey = keyof Api

type Part<K extends RouteKey, P extends string> =
  Api[K] extends Record<P, infer S extends TSchema> ? Static<S> : undefined
/** Type of the reply of a route: `Reply<'GET /api/tasks'>`. */
export type Reply<K extends RouteKey> = Part<K, 'reply'>
export type Body<K extends RouteKey> = Part<K, 'body'>
export type Query<K extends RouteKey> = Part<K, 'query'>
export type Params<K extends RouteKey> = Part<K, 'params'>
