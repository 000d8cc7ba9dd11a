import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './support/longest-first.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const exclude = ['tests/fixtures/**', '**/node_modules/**']
/** These start whole systems (servers, brokers, browsers): each file its own, and much of its time is waiting. */
const HEAVY = ['tests/flows/**', 'tests/web/**', 'tests/engine/**/*.zeebe.test.ts', 'tests/tools/**/*.heavy.test.ts']
const PURE = ['tests/rules/**', 'tests/notices/**', 'tests/contracts/**', 'tests/kernel/**', 'tests/tools/**']
const setupFiles = ['tests/support/no-stray-output.ts']
const files = (folders: readonly string[]): string[] => folders.map((glob) => glob.replace(/\*\*$/, '**/*.test.ts'))

/** A project's global setup runs only when one of its files runs: pure tests start no server. */
export default defineConfig({
  root,
  test: {
    passWithNoTests: false,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        root,
        test: {
          name: 'pure',
          isolate: false,
          setupFiles,
          include: files(PURE),
          exclude: [...exclude, ...files(HEAVY)],
          testTimeout: 60_000,
        },
      },
      {
        root,
        test: {
          name: 'database',
          isolate: false,
          setupFiles,
          include: ['tests/**/*.test.ts'],
          exclude: [...exclude, ...files(PURE), ...files(HEAVY)],
          globalSetup: ['tests/support/postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        root,
        test: {
          name: 'system',
          setupFiles,
          include: files(HEAVY),
          exclude,
          globalSetup: ['tests/support/postgres.ts', 'tests/support/built-pages.ts'],
          sequence: { groupOrder: 1 },
          expect: { poll: { timeout: 15_000 } }, // two systems and a browser on two cores: a second is soon over
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
