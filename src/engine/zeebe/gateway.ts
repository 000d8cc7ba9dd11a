// What the client library lacks, straight on the gateway's protocol: pushed jobs, job time-outs, many models at once.
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Client, credentials, type ClientReadableStream, type MethodDefinition } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import type { Outcome } from '../port.ts'
import { failureOf, isBroken } from './outcome.ts'

const AS_IS = { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true } as const
type Method = MethodDefinition<object, object>

function methods(file: string): Readonly<Record<string, Method>> {
  const service = loadSync(file, AS_IS)['gateway_protocol.Gateway']
  if (service === undefined) throw new Error(`${file}: no gateway service`)
  return service as unknown as Readonly<Record<string, Method>> // proto-loader's own type is a union over all it loads
}

const require = createRequire(import.meta.url)
const METHODS = {
  ...methods(require.resolve('zeebe-node/proto/zeebe.proto')),
  ...methods(fileURLToPath(new URL('job-timeout.proto', import.meta.url))),
}
const KEEPALIVE = { 'grpc.keepalive_time_ms': 60_000, 'grpc.max_reconnect_backoff_ms': 2_000 } as const
const RENEW_EVERY_MS = 1_000

/** A job as it comes over the wire. Keys are texts, variables and headers JSON texts. */
export interface WireJob {
  readonly key: string
  readonly type: string
  readonly processInstanceKey: string
  readonly elementId: string
  readonly elementInstanceKey: string
  readonly customHeaders: string
  readonly retries: number
  readonly deadline: string
  readonly variables: string
}

export interface Gateway {
  /** One call with a deadline. */
  call<T extends object>(method: string, request: object, deadlineMs: number): Promise<Outcome<T>>
  /** Jobs pushed by the engine, until the stream ends or breaks. */
  streamJobs(request: {
    readonly type: string
    readonly worker: string
    readonly timeout: number
    readonly fetchVariable: readonly string[]
  }): ClientReadableStream<WireJob>
  /** Makes a new channel, at most once a second; streams of the old one break. */
  renew(): void
  close(): void
}

export function openGateway(address: string): Gateway {
  const open = (): Client => new Client(address, credentials.createInsecure(), KEEPALIVE)
  let client = open()
  let renewedAt = performance.now()
  const method = (name: string): Method => {
    const found = METHODS[name]
    if (found === undefined) throw new Error(`gateway method ${name} is not known`)
    return found
  }
  const renew = (): void => {
    if (performance.now() - renewedAt < RENEW_EVERY_MS) return
    renewedAt = performance.now()
    client.close()
    client = open()
  }
  return {
    renew,
    call: (name, request, deadlineMs) =>
      new Promise((resolve) => {
        const { path, requestSerialize, responseDeserialize } = method(name)
        const deadline = performance.timeOrigin + performance.now() + deadlineMs
        client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, { deadline }, (error, value) => {
          if (error !== null || value === undefined) {
            if (isBroken(error)) renew()
            resolve(failureOf(error ?? new Error('empty answer')))
          } else resolve({ kind: 'done', value: value as never }) // shape given by the protocol
        })
      }),
    streamJobs(request) {
      const { path, requestSerialize, responseDeserialize } = method('StreamActivatedJobs')
      return client.makeServerStreamRequest(
        path,
        requestSerialize,
        responseDeserialize as (bytes: Buffer) => WireJob,
        request,
      )
    },
    close: () => client.close(),
  }
}
