import { moveClock, openClock, parseInstant, startClockAt } from '#runtime/system-clock.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'koki-clock-'))
  file = join(folder, 'clock.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the clock of the data folder', () => {
  it('is the machine’s when no file is named', () => {
    expect(Math.abs(Date.parse(openClock(null).now()) - Date.now())).toBeLessThan(1000)
  })

  it('starts at 9 o’clock in Japan of the day of KOKI_NOW, and flows', async () => {
    startClockAt(file, '2026-11-13')
    const clock = openClock(file)
    expect(clock.today()).toBe('2026-11-13')
    expect(clock.now().slice(0, 16)).toBe('2026-11-13T00:00')
    const first = clock.now()
    await expect.poll(() => clock.now() > first).toBe(true)
  })

  it('keeps flowing when restarted under the same KOKI_NOW', () => {
    startClockAt(file, '2026-11-13')
    moveClock(file, '2026-12-01')
    startClockAt(file, '2026-11-13')
    expect(openClock(file).today()).toBe('2026-12-01')
  })

  it('moves forward, and a process that has it open follows', async () => {
    startClockAt(file, '2026-11-13')
    const clock = openClock(file)
    expect(clock.today()).toBe('2026-11-13')
    moveClock(file, '2026-11-20')
    await expect.poll(() => clock.today()).toBe('2026-11-20')
  })

  it('refuses to go back', () => {
    startClockAt(file, '2026-11-13')
    expect(() => moveClock(file, '2026-11-12')).toThrow('見本の日付は前に進めることだけができます')
    expect(openClock(file).today()).toBe('2026-11-13')
  })

  it('knows that the day in Japan begins at 15:00 UTC', () => {
    moveClock(file, '2026-11-13T14:59:00Z')
    expect(openClock(file).today()).toBe('2026-11-13')
    moveClock(file, '2026-11-13T15:01:00Z')
    expect(openClock(file).today()).toBe('2026-11-14')
  })

  it.each(['令和8年', '2026-13-01', '20261113', ''])('refuses %j', (text) => {
    expect(() => parseInstant(text)).toThrow('KOKI_NOW の値が正しくありません')
  })
})
