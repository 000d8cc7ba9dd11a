import { format } from 'node:util'
import { afterEach, expect } from 'vitest'

/** A test that prints has failed: nobody reads it, and it may hold what must not be printed. */
const stray: string[] = []
for (const method of ['debug', 'error', 'info', 'log', 'warn'] as const)
  console[method] = (...words: unknown[]) => void stray.push(`console.${method}: ${format(...words)}`)

afterEach(() => {
  expect(stray.splice(0), 'stray output').toEqual([])
})
