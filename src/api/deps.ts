import type { DemoProvider } from '#access/demo-provider.ts'
import type { OidcClient } from '#access/oidc.ts'
import type { MachineNow } from '#access/sessions.ts'
import type { EnginePort } from '#engine/port.ts'
import type { Projector } from '#engine/projector.ts'
import type { Intake } from '#intake/intake.ts'
import type { Profiles } from '#intake/profiles.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import type { DiskSpace } from '#runtime/disk-space.ts'
import type { Metrics } from './metrics.ts'

/** All that the HTTP API is put together from. */
export interface ApiDeps extends RuntimeDeps {
  /** The machine's time: sessions, tokens, idempotency keys. */
  readonly machineNow: MachineNow
  readonly intake: Intake
  readonly profiles: Profiles
  /** Incidents are retried through it. */
  readonly engine: EnginePort
  /** Who takes the engine's records: for those in quarantine. */
  readonly projectors: readonly Projector[]
  readonly space: DiskSpace
  readonly metrics: Metrics
  readonly oidc: OidcClient
  /** The embedded login of the sample, else null. */
  readonly demo: DemoProvider | null
  readonly isSample: boolean
  /** 日を進める; null where the clock cannot be moved. */
  readonly moveClock: ((day: PlainDate) => void) | null
  /** Folder of the built web, or null. */
  readonly webRoot: string | null
  /** Cookies travel by TLS only. Off on a loopback address without TLS. */
  readonly isSecure: boolean
}
