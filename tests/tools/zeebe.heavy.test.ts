import { isAlive } from '#tools/process-look.ts'
import { answersCommands } from '#tools/zeebe-probe.ts'
import type { Zeebe } from '#tools/zeebe.ts'
import { testBroker } from '#tests/support/zeebe.ts'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ZBClient } from 'zeebe-node'

const MODEL = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:test">
  <bpmn:process id="p-launcher" isExecutable="true">
    <bpmn:startEvent id="Start"><bpmn:outgoing>f</bpmn:outgoing></bpmn:startEvent>
    <bpmn:endEvent id="End"><bpmn:incoming>f</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f" sourceRef="Start" targetRef="End" />
  </bpmn:process>
</bpmn:definitions>`
const DAY_MS = 86_400_000

const broker = testBroker()
let receiver: Server
let url: string
let zeebe: Zeebe
const bulks: { authorization: string | undefined; body: string }[] = []

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      if (request.url === '/_bulk') bulks.push({ authorization: request.headers.authorization, body })
      response.setHeader('content-type', 'application/json').setHeader('X-Elastic-Product', 'Elasticsearch')
      response.end('{"acknowledged":true,"took":1,"errors":false,"items":[]}')
    })
  })
  await new Promise<void>((ok) => receiver.listen(0, '127.0.0.1', ok))
  const address = receiver.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  zeebe = await broker.start({ ingest: { url, token: 'secret' }, clockOffsetMs: -10 * DAY_MS })
})
afterAll(async () => {
  await broker.dispose()
  receiver.close()
})

const engineTime = async (): Promise<number> => {
  const answer = await fetch(`${zeebe.managementUrl}/actuator/clock`)
  return ((await answer.json()) as { epochMilli: number }).epochMilli
}

describe('the embedded broker', () => {
  it('answers commands when the start returns', async () => {
    expect(await answersCommands(zeebe.gatewayAddress)).toBe(true)
  })

  it('runs on the clock it was given, and moves to another', async () => {
    expect(Math.round((Date.now() - (await engineTime())) / DAY_MS)).toBe(10)
    await zeebe.setClockOffset(3 * DAY_MS)
    expect(Math.round(((await engineTime()) - Date.now()) / DAY_MS)).toBe(3)
  })

  it('sends its records to our endpoint with the token', async () => {
    const client = new ZBClient(zeebe.gatewayAddress, { retry: false, loglevel: 'NONE' })
    await client.deployProcess({ name: 'launcher.bpmn', definition: Buffer.from(MODEL) })
    await client.close()
    await vi.waitFor(() => expect(bulks.some(({ body }) => body.includes('p-launcher'))).toBe(true), 10_000)
    expect(bulks[0]?.authorization).toBe(`Basic ${Buffer.from('zeebe:secret').toString('base64')}`)
  })

  it('is replaced by the next start when its launcher was killed', async () => {
    const orphan = zeebe.pid
    zeebe = await broker.start({ ingest: { url, token: 'secret' } })
    expect(isAlive(orphan)).toBe(false)
    expect(await answersCommands(zeebe.gatewayAddress)).toBe(true)
  })

  it('comes back on its data after kill -9', async () => {
    await zeebe.kill9()
    expect(await zeebe.exited).toEqual({ code: null, signal: 'SIGKILL' })
    zeebe = await broker.start({ ingest: { url, token: 'secret' } })
    const client = new ZBClient(zeebe.gatewayAddress, { retry: false, loglevel: 'NONE' })
    const instance = await client.createProcessInstance({ bpmnProcessId: 'p-launcher', variables: {} })
    await client.close()
    expect(instance.bpmnProcessId).toBe('p-launcher')
  })
})
