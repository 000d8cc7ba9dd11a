import cookie from '@fastify/cookie'
import fastify, { type FastifyInstance } from 'fastify'
import { randomUUID } from 'node:crypto'
import { insuredRoutes } from '#people/insured.routes.ts'
import { returnRoutes } from '#people/returns.routes.ts'
import { spellingRoutes } from '#people/spellings.routes.ts'
import { attachmentRoutes } from '#tasklist/attachments.routes.ts'
import { companyRoutes } from '#tasklist/company.routes.ts'
import { notificationRoutes } from '#tasklist/notifications.routes.ts'
import { openTaskDesk } from '#tasklist/task-desk.ts'
import { taskRoutes } from '#tasklist/tasks.routes.ts'
import { worksheetRoutes } from '#tasklist/worksheet.routes.ts'
import { instanceRoutes } from '#trace/instances.routes.ts'
import { runRoutes } from '#trace/runs.routes.ts'
import type { Changes } from './changes.ts'
import type { ApiDeps } from './deps.ts'
import { apiDocuments } from './plugins/app/documents.ts'
import { authenticate } from './plugins/app/authenticate.ts'
import { demoLogin } from './plugins/app/demo-login.ts'
import { diskGuard } from './plugins/app/disk-guard.ts'
import { errors } from './plugins/app/errors.ts'
import { events } from './plugins/app/events.ts'
import { health } from './plugins/app/health.ts'
import { registerHelmet } from './plugins/external/helmet.ts'
import { registerMultipart } from './plugins/external/multipart.ts'
import { registerOpenApi } from './plugins/external/openapi.ts'
import { registerPages } from './plugins/external/pages.ts'
import { registerRateLimit } from './plugins/external/rate-limit.ts'
import { registrar } from './register.ts'
import { auditRoutes } from './routes/audit.routes.ts'
import { documentRoutes } from './routes/documents.routes.ts'
import { backgroundWork, fileRoutes } from './routes/files.routes.ts'
import { operationsRoutes } from './routes/operations.routes.ts'
import { sessionRoutes } from './routes/session.routes.ts'
import { optionRoutes } from './routes/options.routes.ts'
import { settingsRoutes } from './routes/settings.routes.ts'
import { shisanRoutes } from './routes/shisan.routes.ts'
import { staffRoutes } from './routes/staff.routes.ts'
import { serializerCompiler, validatorCompiler } from './validation.ts'

/** The HTTP API and the pages, put together. Listening is the process's business (`server.ts`). */
export async function buildApp(deps: ApiDeps, changes: Changes): Promise<FastifyInstance> {
  const background = backgroundWork(deps.log)
  const app = fastify({
    logger: false, // one line a failure through deps.log; addresses and bodies never
    genReqId: () => randomUUID(),
    trustProxy: false,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 100 },
    forceCloseConnections: true,
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  errors(app, deps)
  registerHelmet(app, deps.isSecure)
  await app.register(cookie)
  registerRateLimit(app)
  registerMultipart(app)
  registerOpenApi(app)
  authenticate(app, deps)
  diskGuard(app, deps.space)
  deps.metrics.watch(app)
  app.addHook('onSend', async (request, reply) => {
    if (request.routeOptions.config.right !== undefined && !reply.hasHeader('cache-control'))
      void reply.header('cache-control', 'no-store') // shared machines keep nothing
  })
  // Routes come after the plugins that watch routes being added.
  await app.register(async (scope) => {
    const route = registrar(scope, deps)
    sessionRoutes(scope, deps, changes)
    events(scope, deps, changes)
    health(scope, deps)
    apiDocuments(scope)
    const desk = openTaskDesk(deps)
    taskRoutes(route, deps, desk)
    companyRoutes(route, deps, desk)
    attachmentRoutes(route, deps)
    notificationRoutes(route, deps)
    worksheetRoutes(route, deps)
    runRoutes(route, deps, (kind) => labelOf(deps, kind))
    instanceRoutes(route, deps)
    insuredRoutes(route, deps)
    returnRoutes(route, deps)
    spellingRoutes(route, deps)
    fileRoutes(route, deps, background)
    documentRoutes(route, deps)
    staffRoutes(route, deps)
    optionRoutes(route, deps)
    settingsRoutes(route, deps)
    auditRoutes(route, deps)
    operationsRoutes(route, deps)
    shisanRoutes(route)
    if (deps.demo !== null) demoLogin(scope, deps.demo)
  })
  registerPages(app, deps.webRoot)
  app.addHook('onClose', () => background.settled())
  await app.ready()
  return app
}

/** 「収納」 of a file kind; the kind itself where no profile names it. */
const labelOf = ({ profiles }: ApiDeps, kind: string): string =>
  [...profiles.kinds('in'), ...profiles.kinds('out')].find((profile) => profile.kind === kind)?.title ?? kind
