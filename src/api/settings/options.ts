import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { isForDay, refuseOptionValue, sayOptionValue, type OptionDefinition } from '#rules/options.ts'
import type { Sql } from '#db/database.ts'
import type { Registry } from '#runtime/registry.ts'
import { flowNames } from '#tasklist/queries/task-list.ts'

/** One recorded value of an option: proposed, in force, or refused. */
export interface OptionChange {
  readonly changeId: string
  readonly flow: string
  readonly name: string
  readonly value: number | boolean | string
  readonly validFrom: PlainDate
  readonly legalSource: string
  readonly reason: string
  /** Null: came with the installation. */
  readonly decidedBy: string | null
  readonly recordedAt: string
  readonly enforcedBy: string | null
  readonly enforcedAt: string | null
  readonly refusedBy: string | null
  readonly refusedAt: string | null
  readonly refusedWhy: string | null
  readonly state: 'inForce' | 'waiting' | 'refused'
  /** Who asks is another person than who proposed it. */
  readonly isOther: boolean
  readonly isMine: boolean
}

/** What is known of an option on a day. */
export interface OptionView {
  /** The day. */
  readonly on: PlainDate
  readonly flow: string
  readonly flowName: string
  readonly name: string
  readonly definition: OptionDefinition
  /** In force for the basis day; null: the default holds. */
  readonly current: OptionChange | null
  /** The first that comes after the day. */
  readonly next: OptionChange | null
  readonly waiting: OptionChange | null
}

/** The definition of an option. Throws SET-004. */
export function definitionOf(registry: Registry, flow: string, name: string): OptionDefinition {
  const found = registry.flows.find((one) => one.flow === flow)?.optionDefinitions
  const definition = found !== undefined && Object.hasOwn(found, name) ? found[name] : undefined
  if (definition === undefined) throw new Fault('SET-004')
  return definition
}

/** Every recorded value, in the order in which it was put in force; `asker` is a login, `today` its day. */
export const optionChanges = (
  sql: Sql,
  asker: bigint,
  today: PlainDate,
  only: { readonly flow?: string; readonly name?: string } = {},
): Promise<OptionChange[]> =>
  sql.rows<OptionChange>(
    `select o.id::text as "changeId", o.flow, o.name, o.value, o.valid_from as "validFrom", o.legal_source as "legalSource",
       o.reason, ds.name as "decidedBy", o.recorded_at as "recordedAt", es.name as "enforcedBy",
       coalesce(o.put_in_force_at, case when o.decided_by is null then o.recorded_at end) as "enforcedAt",
       rs.name as "refusedBy", o.refused_at as "refusedAt", o.refused_why as "refusedWhy",
       case when o.refused_by is not null then 'refused'
            when o.decided_by is null or o.put_in_force_by is not null then 'inForce' else 'waiting' end as state,
       not is_one_person($1, $2, o.decided_by, japan_day(o.recorded_at)) as "isOther",
       coalesce(o.decided_by = $1, false) as "isMine"
     from ordinance_options o
     left join users d on d.id = o.decided_by left join staff ds on ds.id = d.staff_id
     left join users e on e.id = o.put_in_force_by left join staff es on es.id = e.staff_id
     left join users r on r.id = o.refused_by left join staff rs on rs.id = r.staff_id
     where ($3::text is null or o.flow = $3) and ($4::text is null or o.name = $4)
     order by coalesce(o.put_in_force_at, o.recorded_at), o.id`,
    [asker, today, only.flow ?? null, only.name ?? null],
  )

/** 条例等の設定の一覧 for a basis day, in the order of the catalogue. */
export function optionViews(registry: Registry, changes: readonly OptionChange[], on: PlainDate): OptionView[] {
  return registry.flows.flatMap(({ flow, optionDefinitions = {} }) =>
    Object.entries(optionDefinitions).map(([name, definition]) =>
      optionView(
        flow,
        name,
        definition,
        changes.filter((one) => one.flow === flow && one.name === name),
        on,
      ),
    ),
  )
}

/** `changes` are those of this option, in the order in which they were put in force. */
export function optionView(
  flow: string,
  name: string,
  definition: OptionDefinition,
  changes: readonly OptionChange[],
  on: PlainDate,
): OptionView {
  const inForce = changes.filter(({ state }) => state === 'inForce')
  const counting = inForce
    .filter((one, index) => !inForce.some((later, at) => at > index && later.validFrom === one.validFrom))
    .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  return {
    on,
    flow,
    flowName: flowNames(flow).name,
    name,
    definition,
    current: counting.findLast(({ validFrom }) => isForDay(definition.basis, validFrom, on)) ?? null,
    next: counting.find(({ validFrom }) => validFrom > on) ?? null,
    waiting: changes.find(({ state }) => state === 'waiting') ?? null,
  }
}

/** The value that counts: the recorded one, else the default. */
export const valueOf = ({ current, definition }: OptionView): number | boolean | string =>
  current?.value ?? definition.default

/** Throws SET-003 with what is wrong. */
export function checkOptionValue(definition: OptionDefinition, value: unknown): void {
  const wrong = refuseOptionValue(definition, value)
  if (wrong !== null) throw new Fault('SET-003', { detail: wrong })
}

export const say = (definition: OptionDefinition, change: OptionChange | null): string | null =>
  change === null ? null : sayOptionValue(definition, change.value, change.validFrom)
