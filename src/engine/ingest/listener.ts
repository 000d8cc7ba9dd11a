import { createHash, timingSafeEqual } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { errorText } from '../log.ts'
import { bulkAnswer, errorAnswer, parseBulk } from './bulk.ts'
import { EngineExchanged } from './compare.ts'
import { openStore, type IngestDeps } from './store.ts'

/** User name that the exporter gives with the token. */
export const INGEST_USER = 'zeebe'
const BODY_LIMIT = 64 * 1024 * 1024

export interface IngestOptions extends IngestDeps {
  /** Secret that the exporter sends by basic authentication. */
  readonly token: string
}

export interface IngestListener {
  readonly url: string
  /** Answers what is under way, then closes. */
  close(): Promise<void>
}

/** Listens on loopback only, unless told otherwise; port 0 takes a free one. */
export async function startIngest(
  options: IngestOptions & { readonly port: number; readonly host?: string },
): Promise<IngestListener> {
  const app = ingestApp(options)
  const url = await app.listen({ port: options.port, host: options.host ?? '127.0.0.1' })
  return { url, close: () => app.close() }
}

/** The listener without its port: just what the engine's stock Elasticsearch exporter asks for. */
export function ingestApp(options: IngestOptions): FastifyInstance {
  const app = fastify({ logger: false, bodyLimit: BODY_LIMIT, forceCloseConnections: true })
  const parseAs = 'string' as const
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(['application/x-ndjson', 'application/json'], { parseAs }, (_request, body, done) =>
    done(null, body),
  )
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-elastic-product', 'Elasticsearch')
    if (!isAllowed(request, options.token))
      return reply.code(401).send(errorAnswer(401, 'security_exception', 'unknown user or token'))
  })
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof EngineExchanged ? 503 : ((error as { statusCode?: number }).statusCode ?? 500)
    if (!(error instanceof EngineExchanged))
      options.log.error({ status, error: errorText(error) }, 'ingest: bulk refused')
    return reply.code(status).send(errorAnswer(status, STATUS_CODES[status] ?? 'error', errorText(error)))
  })
  const store = openStore(options)
  const acknowledge = async (): Promise<object> => ({ acknowledged: true })
  app.get('/', async () => ({ version: { number: '8.9.0' }, tagline: 'You Know, for Search' }))
  app.put('/:index/_settings', acknowledge)
  app.put('/_component_template/:name', acknowledge)
  app.put('/_index_template/:name', acknowledge)
  app.post('/_bulk', async (request) => {
    const startedAt = performance.now()
    const items = parseBulk(String(request.body))
    const texts = items.map(({ text }) => text)
    const { repeated } = await store(texts)
    if (repeated > 0) options.log.info({ repeated }, 'ingest: records seen before')
    return bulkAnswer(items, Math.round(performance.now() - startedAt))
  })
  return app
}

function isAllowed(request: FastifyRequest, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  const expected = `Basic ${Buffer.from(`${INGEST_USER}:${token}`).toString('base64')}`
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(expected))
}
