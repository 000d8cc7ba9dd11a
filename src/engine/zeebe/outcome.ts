import { errorText } from '../log.ts'
import type { Outcome } from '../port.ts'

/** gRPC status codes that the gateway uses. */
export const GRPC = {
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadline: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  outOfRange: 11,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const

/** No answer within our own deadline. */
export class NoAnswer extends Error {
  readonly code = GRPC.deadline
  constructor(ms: number) {
    super(`no answer within ${ms} ms`)
    this.name = 'NoAnswer'
  }
}

export const grpcCode = (error: unknown): number | null => {
  const code = (error as { readonly code?: unknown } | null)?.code
  return typeof code === 'number' ? code : null
}

type Failed = Exclude<Outcome, { readonly kind: 'done' }>

/** No connection, hence no command. A connection that broke may have carried it. */
const NEVER_SENT = /No connection established|ECONNREFUSED/

/** What a failed command means. Whatever we cannot read may have happened: `unknown`. */
export function failureOf(error: unknown): Failed {
  const message = errorText(error)
  switch (grpcCode(error)) {
    case GRPC.notFound:
      return { kind: 'notFound', message }
    case GRPC.alreadyExists:
      return { kind: 'alreadyExists', message }
    case GRPC.failedPrecondition:
      return { kind: 'failedPrecondition', message }
    case GRPC.resourceExhausted:
      // the same code says that our own message is too big, which no waiting mends
      return { kind: /larger than max|exceeds maximum size/.test(message) ? 'invalid' : 'backpressure', message }
    case GRPC.unavailable:
      return { kind: NEVER_SENT.test(message) ? 'backpressure' : 'unknown', message }
    case GRPC.invalidArgument:
    case GRPC.outOfRange:
    case GRPC.unimplemented:
    case GRPC.permissionDenied:
    case GRPC.unauthenticated:
      return { kind: 'invalid', message }
    default:
      return { kind: 'unknown', message }
  }
}

/** Whether the connection is to be made anew: the channel of a broker that went away backs off for up to 17 s. */
export const isBroken = (error: unknown): boolean => {
  const code = grpcCode(error)
  return code === GRPC.unavailable || code === GRPC.deadline || code === GRPC.cancelled
}
