import type { FastifyInstance } from 'fastify'
import type { ApiDeps } from '../../deps.ts'
import { faultOf, sendProblem } from '../../problem.ts'
import { InvalidReply } from '../../validation.ts'
import { placeOf } from '#runtime/process-log.ts'
import { recordRefusal } from './authenticate.ts'

/** Refusals of these routes are recorded by the runtime itself, on every road that leads there. */
const RECORDED_BELOW = new Set(['POST /api/tasks/:taskId/release'])

/** Every failure becomes a problem document; what is forbidden becomes an event too. */
export function errors(app: FastifyInstance, deps: ApiDeps): void {
  app.setErrorHandler(async (error, request, reply) => {
    const { fault, errors: fields } = faultOf(error, request.id)
    if (fault.code === 'REQ-004' || fault.code === 'REQ-007') {
      // The message of a foreign error may quote a person: its name and code go to the log, not its text.
      const failed = { level: 'error', requestId: request.id } as const
      if (error instanceof InvalidReply) deps.log(error.message, failed) // names fields, never values
      const { name, code } = error as Error & { code?: string }
      const route = `${request.method} ${request.routeOptions.url ?? '?'}`
      deps.log('request failed', { ...failed, route, error: `${name} ${code ?? ''}`.trim(), place: placeOf(error) })
    }
    const right = request.routeOptions.config.right
    const isRecorded = request.isRefusalRecorded || right === undefined || RECORDED_BELOW.has(right)
    if (fault.entry.kind === 'forbidden' && request.user !== null && !isRecorded)
      await recordRefusal(deps, request, fault.code)
    return sendProblem(request, reply, fault, fields)
  })
}
