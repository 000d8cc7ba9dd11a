import type { Clock } from '#kernel/clock.ts'
import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { sayOptionValue, type OptionDefinition } from '#rules/options.ts'
import type { Tx } from '#db/database.ts'
import { appendEvent } from '#audit/append.ts'
import type { Change } from '#audit/events.ts'
import type { CurrentUser } from '#access/users.ts'
import { actorOf } from '#runtime/actor.ts'
import type { Registry } from '#runtime/registry.ts'
import {
  checkOptionValue,
  definitionOf,
  optionChanges,
  optionView,
  say,
  valueOf,
  type OptionChange,
} from './options.ts'

/** Who changes a setting, inside the transaction of the change. */
export interface SettingAct {
  readonly tx: Tx
  readonly user: CurrentUser
  readonly clock: Clock
  readonly registry: Registry
}

interface Proposal {
  readonly flow: string
  readonly name: string
  readonly value: number | boolean | string
  readonly validFrom: PlainDate
  readonly legalSource: string
  readonly reason: string
}

/**
 * 変更を出す: the value counts only once another person puts it in force. Throws SET-003 for a value the option does not
 * take, SET-006 for the value that counts on that day anyway, SET-002 while another change waits.
 */
export async function proposeOption(act: SettingAct, proposal: Proposal): Promise<string> {
  const { tx, user, clock } = act
  const { flow, name, value, validFrom, legalSource, reason } = proposal
  const definition = definitionOf(act.registry, flow, name)
  checkOptionValue(definition, value)
  const changes = await optionChanges(tx, user.userId, clock.today(), { flow, name })
  const before = optionView(flow, name, definition, changes, validFrom)
  if (before.waiting !== null) throw new Fault('SET-002')
  if (valueOf(before) === value) throw new Fault('SET-006')
  const made = await tx.maybe<{ id: string }>(
    `insert into ordinance_options (flow, name, value, valid_from, legal_source, reason, decided_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (flow, name) where decided_by is not null and put_in_force_by is null and refused_by is null do nothing
     returning id::text as id`,
    [flow, name, JSON.stringify(value), validFrom, legalSource, reason, user.userId, clock.now()],
  )
  if (made === null) throw new Fault('SET-002') // somebody else was quicker
  await tell(act, 'option-proposed', definition, proposal, {
    before: { value: sayOptionValue(definition, valueOf(before), validFrom) },
    after: { value: sayOptionValue(definition, value, validFrom), validFrom, legalSource },
    reason,
  })
  return made.id
}

/** 施行する, by another person. Throws SET-001 for who proposed it, SET-004, SET-005. */
export async function enforceOption(act: SettingAct, changeId: string): Promise<void> {
  const { tx, user, clock } = act
  const { change, definition, formerly } = await lockWaiting(act, changeId)
  if (!change.isOther) throw new Fault('SET-001')
  checkOptionValue(definition, change.value)
  await tx.run(`update ordinance_options set put_in_force_by = $2, put_in_force_at = $3 where id = $1`, [
    changeId,
    user.userId,
    clock.now(),
  ])
  await tell(act, 'option-enforced', definition, change, {
    before: { value: formerly },
    after: { value: say(definition, change), validFrom: change.validFrom },
    reason: change.reason,
  })
}

/** 差し戻す, or take back what one proposed oneself. Throws AUTH-002 for others than a 係長, SET-004, SET-005. */
export async function refuseOption(act: SettingAct, changeId: string, reason: string): Promise<void> {
  const { tx, user, clock } = act
  const { change, definition } = await lockWaiting(act, changeId)
  if (!change.isMine && !user.roles.includes('kakaricho')) throw new Fault('AUTH-002')
  await tx.run(`update ordinance_options set refused_by = $2, refused_at = $3, refused_why = $4 where id = $1`, [
    changeId,
    user.userId,
    clock.now(),
    reason,
  ])
  await tell(act, 'option-refused', definition, change, {
    before: { value: say(definition, change), validFrom: change.validFrom },
    after: null,
    reason,
  })
}

async function lockWaiting(
  { tx, user, clock, registry }: SettingAct,
  changeId: string,
): Promise<{ change: OptionChange; definition: OptionDefinition; formerly: string }> {
  const row = await tx.maybe<{ flow: string; name: string }>(
    `select flow, name from ordinance_options where id = $1 for update`,
    [changeId],
  )
  if (row === null) throw new Fault('SET-004')
  const definition = definitionOf(registry, row.flow, row.name)
  const changes = await optionChanges(tx, user.userId, clock.today(), row)
  const change = changes.find((one) => one.changeId === changeId)
  if (change?.state !== 'waiting') throw new Fault('SET-005')
  const view = optionView(row.flow, row.name, definition, changes, change.validFrom)
  return { change, definition, formerly: sayOptionValue(definition, valueOf(view), change.validFrom) }
}

const tell = (
  { tx, user, clock }: SettingAct,
  kind: 'option-proposed' | 'option-enforced' | 'option-refused',
  definition: OptionDefinition,
  { flow, name, validFrom }: Pick<Proposal, 'flow' | 'name' | 'validFrom'>,
  change: Change & { readonly reason: string },
): Promise<bigint> =>
  appendEvent(tx, {
    at: clock.now(),
    kind,
    actor: actorOf(user),
    subjects: [{ kind: 'option', id: `${flow}/${name}` }],
    payload: { title: definition.label, validFrom, ...change },
  })
