import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The tests that `npm run mutate` runs on every change of a rule: those of the rules, and nothing that starts anything. */
export default defineConfig({
  root,
  test: { include: ['tests/rules/**/*.test.ts'], testTimeout: 60_000 },
})
