import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { Fault } from '#kernel/faults.ts'
import { hashOfSecret } from '#access/secrets.ts'
import { SESSION_COOKIE } from '../app/authenticate.ts'

/** Requests a minute of one session or token (a grid that scrolls makes many), and of one address without either. */
const PER_MINUTE = 3_000
/** Routes where somebody may try to guess. */
export const LOGIN_LIMIT = { max: 60, timeWindow: '1 minute' } as const

// https://github.com/fastify/fastify-rate-limit
export const registerRateLimit = (app: FastifyInstance): void =>
  void app.register(rateLimit, {
    max: PER_MINUTE,
    timeWindow: '1 minute',
    allowList: (request) => request.url === '/healthz' || request.url === '/readyz',
    keyGenerator: (request) => {
      const secret = request.headers.authorization ?? request.cookies[SESSION_COOKIE]
      return secret === undefined ? request.ip : hashOfSecret(secret)
    },
    errorResponseBuilder: () => new Fault('REQ-003'),
  })
