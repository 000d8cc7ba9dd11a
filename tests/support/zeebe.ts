import { startZeebe, type Zeebe, type ZeebeOptions } from '#tools/zeebe.ts'
import { DEFAULT_ZEEBE } from '#tools/zeebe-archive.ts'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './temporary.ts'

/** The engine version under test; the whole suite on 8.5.8, a smoke flow on 8.6.0 by KOKI_ZEEBE_VERSION. */
export const ZEEBE_VERSION = process.env['KOKI_ZEEBE_VERSION'] ?? DEFAULT_ZEEBE

/** A broker's folder of one test file. It outlives the broker, so that a test can kill and restart on the same data. */
export interface TestBroker {
  readonly dataDir: string
  /** Starts a broker on the folder; the one before must have ended. */
  start(options: Omit<ZeebeOptions, 'dataDir' | 'version'>): Promise<Zeebe>
  /** Throws the data away, as a lost disk would. The broker must have ended. */
  loseData(): void
  /** Ends what still runs and removes the folder. */
  dispose(): Promise<void>
}

/** The release is fetched and unpacked once per user; each test file has data of its own. */
export function testBroker(): TestBroker {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'zeebe')
  let running: Zeebe | undefined
  return {
    dataDir,
    start: async (options) => (running = await startZeebe({ ...options, dataDir, version: ZEEBE_VERSION })),
    loseData: () => rmSync(join(dataDir, 'data'), { recursive: true, force: true }),
    dispose: async () => {
      await running?.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
