import { plainDateOf, type PlainDate } from '#kernel/plain-date.ts'
import { constant } from '#rules/options.ts'
import type { DelinquencyCase, DelinquencyRun } from '#rules/tokusoku/delinquency-case.ts'
import { DEFAULT_TOKUSOKU_OPTIONS, type TokusokuOptions } from '#rules/tokusoku/options.ts'

export const d = plainDateOf

/** The base run of sheet 5.2 §8. */
export const RUN = {
  dueOn: d('2026-07-31'),
  asOf: d('2026-08-12'),
  issueOn: d('2026-08-20'),
  includeCarriedOver: true,
} satisfies DelinquencyRun & { includeCarriedOver: boolean }

/** The options of the base run. */
export const OPTIONS: TokusokuOptions = {
  ...DEFAULT_TOKUSOKU_OPTIONS,
  minUnpaidYen: 1_000n,
  feeYen: [
    { from: d('0001-01-01'), value: 100n },
    { from: d('2026-04-01'), value: 0n },
  ],
  lowMonths: constant(1),
}

/** 収納 of the principal. */
export const paid = (yen: bigint, receivedOn: string): DelinquencyCase['movements'][number] => ({
  kind: '収納',
  yen,
  receivedOn: d(receivedOn),
  accountedOn: d(receivedOn),
})

export const HOME = { postalCode: '0000001', address: '見本市中央1丁目2番3号', building: '' }

/** An instalment with nothing special: nothing paid, a 督促 last year, a good address. */
export const kase = (change: Partial<DelinquencyCase> = {}): DelinquencyCase => ({
  dueOn: RUN.dueOn,
  chargedYen: 12_300n,
  movements: [],
  deferrals: [],
  history: [],
  hasNoticeElsewhere: false,
  lastTokusokuOn: d('2025-11-20'),
  protections: [],
  deathOn: null,
  movedOutOn: null,
  name: '見本 太郎',
  home: HOME,
  deliveries: [],
  ...change,
})

export const period = (from: string, to: string | null): { from: PlainDate; to: PlainDate | null } => ({
  from: d(from),
  to: to === null ? null : d(to),
})

export const measure = (startOn: string, plannedEndOn: string | null, releasedOn: string | null = null) => ({
  startOn: d(startOn),
  plannedEndOn: plannedEndOn === null ? null : d(plannedEndOn),
  releasedOn: releasedOn === null ? null : d(releasedOn),
})

export const heir = (from: string, to: string | null = null) => ({
  kind: '相続人代表' as const,
  name: '見本 花子',
  ...HOME,
  ...period(from, to),
})
