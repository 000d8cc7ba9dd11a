import { jobPool } from '#engine/zeebe/job-pool.ts'
import { limiter } from '#engine/zeebe/limiter.ts'
import { failureOf } from '#engine/zeebe/outcome.ts'
import { parseLosslessObject } from '#engine/lossless-json.ts'
import type { EngineJob, Outcome } from '#engine/port.ts'
import { until } from '#tests/support/until.ts'
import { describe, expect, it } from 'vitest'

const DONE: Outcome = { kind: 'done', value: null }
const job = (key: string, retries = 3): EngineJob => ({
  key,
  type: 't',
  elementInstanceKey: '1',
  processInstanceKey: '2',
  elementId: 'e',
  variables: {},
  retries,
  deadline: 0,
  customHeaders: {},
})

/** A pool whose jobs end when the test says so. */
function heldPool(capacity: number, prolonged: Outcome = DONE) {
  const ends = new Map<string, () => void>()
  const calls = { prolonged: [] as string[], failed: [] as unknown[][] }
  const pool = jobPool({
    capacity,
    timeoutMs: 60,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    handle: ({ key }) => new Promise((resolve) => ends.set(key, resolve)),
    prolong: async (key) => (calls.prolonged.push(key), prolonged),
    fail: async (...args) => (calls.failed.push(args), DONE),
  })
  return { pool, ends, calls }
}

describe('jobs in hand', () => {
  it('are worked on in turn, up to the capacity, each once', async () => {
    const { pool, ends } = heldPool(2)
    const taken = ['1', '2', '3', '1'].map((key) => pool.take(job(key)))
    await until('two at work', () => ends.size === 2)
    expect([...ends.keys()]).toEqual(['1', '2'])
    expect(pool.isFull()).toBe(false)
    ends.get('1')?.()
    await until('the third at work', () => ends.has('3'))
    ends.get('2')?.()
    ends.get('3')?.()
    await Promise.all(taken)
  })
  it('are prolonged while they last, those in line too', async () => {
    const { pool, ends, calls } = heldPool(1)
    const taken = [pool.take(job('1')), pool.take(job('2'))]
    await until('both prolonged', () => calls.prolonged.includes('1') && calls.prolonged.includes('2'))
    expect([...ends.keys()]).toEqual(['1'])
    ends.get('1')?.()
    await until('second at work', () => ends.has('2'))
    ends.get('2')?.()
    await Promise.all(taken)
  })
  it('that the engine no longer knows are not begun', async () => {
    const { pool, ends, calls } = heldPool(1, { kind: 'notFound', message: 'gone' })
    const taken = [pool.take(job('1')), pool.take(job('2'))]
    await until('asked', () => calls.prolonged.includes('2'))
    ends.get('1')?.()
    await Promise.all(taken)
    expect([...ends.keys()]).toEqual(['1'])
  })
  it('are finished, and the others given back, when the pool drains', async () => {
    const { pool, ends, calls } = heldPool(1)
    void pool.take(job('1'))
    const second = pool.take(job('2'))
    await until('the first at work', () => ends.has('1'))
    const drained = pool.drain()
    ends.get('1')?.()
    await drained
    await second
    await pool.take(job('3'))
    expect([...ends.keys()]).toEqual(['1'])
    expect(calls.failed.map(([key, retries, backoffMs]) => [key, retries, backoffMs])).toEqual([
      ['2', 3, 0],
      ['3', 3, 0],
    ])
  })
  it('whose handler throws are failed with one retry less', async () => {
    const failed: unknown[][] = []
    const pool = jobPool({
      capacity: 1,
      timeoutMs: 60_000,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      handle: () => Promise.reject(new Error('deliberate')),
      prolong: async () => DONE,
      fail: async (...args) => (failed.push(args), DONE),
    })
    await pool.take(job('1', 3))
    expect(failed).toEqual([['1', 2, 5_000, 'The handler of this job failed.']])
  })
})

describe('commands on their way', () => {
  it('are halved when the engine pushes back and grow slowly again', () => {
    const flow = limiter(64)
    flow.pushedBack()
    flow.pushedBack()
    expect(flow.limit).toBe(16)
    for (let n = 0; n < 17; n++) flow.succeeded()
    expect(flow.limit).toBe(17)
    for (let n = 0; n < 10; n++) flow.pushedBack()
    expect(flow.limit).toBe(1)
  })
})

describe('answers of the gateway', () => {
  it.each([
    [5, 'gone', 'notFound'],
    [6, 'there', 'alreadyExists'],
    [8, 'failed on all partitions', 'backpressure'],
    [8, 'gRPC message exceeds maximum size 4194304: 5000149', 'invalid'],
    [9, 'incident', 'failedPrecondition'],
    [3, 'bad', 'invalid'],
    [4, 'late', 'unknown'],
    [14, 'Connection dropped', 'unknown'],
    [14, 'No connection established. Last error: connect ECONNREFUSED 127.0.0.1:26500', 'backpressure'],
    [2, '', 'unknown'],
  ])('code %i (%s) means %s', (code, message, kind) => {
    expect(failureOf(Object.assign(new Error(message), { code })).kind).toBe(kind)
  })
})

describe('JSON of the engine', () => {
  it('keeps keys of 64 bits', () => {
    expect(parseLosslessObject('{"a":9007199254740993,"b":2251799813685249,"c":1.5,"d":[18014398509481985]}')).toEqual({
      a: 9007199254740993n,
      b: 2251799813685249,
      c: 1.5,
      d: [18014398509481985n],
    })
  })
})
