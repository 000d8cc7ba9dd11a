import { keepRotating, rotateLog } from '#tools/log-rotation.ts'
import { launcherLog, logFiles } from '#tools/launch/log-files.ts'
import { createDataFolder, dataFolder } from '#tools/launch/data-folder.ts'
import { logs } from '#tools/verbs/logs.ts'
import type { VerbContext } from '#tools/verbs/verb.ts'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'

const folder = dataFolder({ KOKI_DATA: mkdtempSync(join(tmpdir(), 'koki-logs-')) })
createDataFolder(folder)
const file = launcherLog(folder)
afterAll(() => rmSync(folder.root, { recursive: true }))

describe('turning a log over', () => {
  it('keeps five older parts, the newest first, and the writer goes on', () => {
    const writer = openSync(file, 'a', 0o600)
    for (let number = 1; number <= 8; number++) {
      writeSync(writer, `part ${number} ${'x'.repeat(100)}\n`)
      expect(rotateLog(file, 50)).toBe(true)
    }
    writeSync(writer, 'part 9\n')
    closeSync(writer)
    expect(readFileSync(file, 'utf8')).toBe('part 9\n')
    expect([1, 2, 3, 4, 5].map((number) => readFileSync(`${file}.${number}`, 'utf8').slice(0, 6))).toEqual([
      'part 8',
      'part 7',
      'part 6',
      'part 5',
      'part 4',
    ])
    expect(existsSync(`${file}.6`)).toBe(false)
  })

  it('leaves a small one, and one that is not there, alone', () => {
    expect([rotateLog(file, 50), rotateLog(join(folder.logs, 'none.log'), 50)]).toEqual([false, false])
  })

  it('goes on while the system runs, for every log there is', () => {
    vi.useFakeTimers()
    try {
      const broker = join(folder.root, 'zeebe-8.5.8')
      mkdirSync(broker)
      writeFileSync(join(broker, 'broker.log'), 'y'.repeat(8_000_001))
      const rotation = keepRotating(
        () => logFiles(folder).map(({ path }) => path),
        (error) => {
          throw error
        },
      )
      vi.advanceTimersByTime(15_000)
      rotation.stop()
      expect(readdirSync(broker).toSorted()).toEqual(['broker.log', 'broker.log.1'])
      expect(readFileSync(join(broker, 'broker.log'), 'utf8')).toBe('')
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('koki logs', () => {
  const said: string[] = []
  const context = { folder, print: (line: string) => void said.push(line) } as unknown as VerbContext // it touches nothing else
  it('shows where each part writes, and the last lines of one', async () => {
    expect(await logs.run([], context)).toBe(0)
    expect(said.map((line) => line.split('\t')[0])).toEqual(['launcher', 'zeebe-8.5.8'])
    writeFileSync(file, 'a\nb\nc\n')
    said.length = 0
    expect(await logs.run(['launcher', '--lines', '2'], context)).toBe(0)
    expect(said).toEqual(['b', 'c'])
    expect([await logs.run(['nothing'], context), await logs.run(['--lines', 'x'], context)]).toEqual([2, 2])
  })
})
