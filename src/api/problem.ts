import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { isDatabaseAway } from '#db/away.ts'
import { Fault, type FaultCode } from '#kernel/faults.ts'
import type { Problem } from '#access/route-schema.ts'
import { InvalidRequest, type FieldError } from './validation.ts'

export type ProblemBody = Static<typeof Problem>

/** Faults of the framework that a person can mend, as ours. */
const FRAMEWORK: Readonly<Record<string, FaultCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'REQ-005',
  FST_REQ_FILE_TOO_LARGE: 'REQ-005',
  FST_ERR_RATE_LIMIT: 'REQ-003',
}

/** Other refusals of the framework, in words. */
const FRAMEWORK_WORDS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'JSON として読めません。',
  FST_ERR_CTP_EMPTY_JSON_BODY: '本文が空です。',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Content-Type は application/json にしてください。',
}

/** The fault that a person is told about: ours as it is, the framework's translated, everything else 「処理できませんでした」. */
export function faultOf(
  error: unknown,
  requestId: string,
): { readonly fault: Fault; readonly errors: readonly FieldError[] } {
  if (error instanceof Fault) return { fault: error, errors: [] }
  if (error instanceof InvalidRequest) {
    const detail = error.errors.map(({ path, message }) => `${path} ${message}`).join(' ')
    return { fault: new Fault('REQ-001', { detail }), errors: error.errors }
  }
  const { code, statusCode, validation } = error as { code?: string; statusCode?: number; validation?: unknown }
  const known = FRAMEWORK[code ?? '']
  if (known !== undefined) return { fault: new Fault(known), errors: [] }
  if (validation !== undefined || (statusCode !== undefined && statusCode >= 400 && statusCode < 500))
    return { fault: new Fault('REQ-001', { detail: FRAMEWORK_WORDS[code ?? ''] ?? '読めない依頼です。' }), errors: [] }
  if (isDatabaseAway(error)) return { fault: new Fault('REQ-007', {}, { cause: error }), errors: [] }
  return { fault: new Fault('REQ-004', { request: requestId }, { cause: error }), errors: [] }
}

/** RFC 9457. */
export function problemBody(fault: Fault, instance: string, errors: readonly FieldError[] = []): ProblemBody {
  return {
    type: `/api/docs#${fault.code}`,
    title: fault.message,
    status: fault.entry.status,
    code: fault.code,
    detail: fault.message,
    next: fault.next,
    instance,
    params: { ...fault.params },
    errors: errors.map(({ path, message }) => ({ path, message })),
  }
}

/** Sends a problem. `instance` is the route's pattern: an address could carry what a person typed. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  fault: Fault,
  errors: readonly FieldError[] = [],
): FastifyReply {
  const instance = `${request.routeOptions.url ?? '/'}#${request.id}`
  return reply
    .code(fault.entry.status)
    .type('application/problem+json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problemBody(fault, instance, errors))
}
