import type { Static } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { type OptionDefinition, sayOptionValue } from '#rules/options.ts'
import type { Database } from '#db/database.ts'
import type { Register } from '#access/route.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Api } from '../contract.ts'
import type { ApiDeps } from '../deps.ts'
import { enforceOption, proposeOption, refuseOption, type SettingAct } from '../settings/option-change.ts'
import { optionImpact } from '../settings/option-impact.ts'
import {
  definitionOf,
  optionChanges,
  optionView,
  optionViews,
  say,
  valueOf,
  type OptionChange,
  type OptionView,
} from '../settings/options.ts'
import type { OptionDetail, OptionInfo } from './settings.schema.ts'

/** 設定 → 条例等: what holds on a day, what waits, what it reaches; proposed by one, put in force by another. */
export function optionRoutes(route: Register<Api>, deps: ApiDeps): void {
  const { clock, registry } = deps
  const acting = <T>(db: Database, user: CurrentUser, work: (act: SettingAct) => Promise<T>): Promise<T> =>
    db.tx((tx) => work({ tx, user, clock, registry }))
  const dayOf = (text: string | undefined): PlainDate => (text as PlainDate | undefined) ?? clock.today() // date format

  route('GET /api/settings/options', async ({ db, user, query }) => {
    const on = dayOf(query.on)
    const changes = await optionChanges(db, user.userId, clock.today())
    return { on, items: optionViews(registry, changes, on).map(infoOf) }
  })
  route('GET /api/settings/options/:flow/:name', ({ db, user, params: { flow, name }, query }) =>
    db.tx(async (tx): Promise<Static<typeof OptionDetail>> => {
      const definition = definitionOf(registry, flow, name)
      const changes = await optionChanges(tx, user.userId, clock.today(), { flow, name })
      const view = optionView(flow, name, definition, changes, dayOf(query.on))
      const { waiting } = view
      const versions = changes.filter(({ state }) => state === 'inForce')
      const refusal = refusalOf(waiting, user)
      return {
        ...infoOf(view),
        history: changes.toReversed().map((change) => ({
          changeId: change.changeId,
          state: change.state,
          valueText: sayOptionValue(definition, change.value, change.validFrom),
          validFrom: change.validFrom,
          legalSource: change.legalSource,
          reason: change.reason,
          decidedBy: change.decidedBy,
          recordedAt: change.recordedAt,
          enforcedBy: change.enforcedBy,
          enforcedAt: change.enforcedAt,
          refusedBy: change.refusedBy,
          refusedWhy: change.refusedWhy,
        })),
        enforceRefusal: refusal,
        canEnforce: waiting !== null && refusal === null,
        canRefuse: waiting !== null && (waiting.isMine || user.roles.includes('kakaricho')),
        impact: await optionImpact(tx, { flow, name, definition }, versions, waiting),
      }
    }),
  )
  route('POST /api/settings/options/:flow/:name', async ({ db, user, params, body }) => ({
    id: await acting(db, user, (act) =>
      proposeOption(act, { ...params, ...body, validFrom: body.validFrom as PlainDate }),
    ),
  }))
  route('POST /api/settings/option-changes/:changeId/enforce', async ({ db, user, params }) => {
    await acting(db, user, (act) => enforceOption(act, params.changeId))
    return { ok: true }
  })
  route('POST /api/settings/option-changes/:changeId/refuse', async ({ db, user, params, body }) => {
    await acting(db, user, (act) => refuseOption(act, params.changeId, body.reason))
    return { ok: true }
  })
}

/** Why the button is off, before it is pressed. */
function refusalOf(waiting: OptionChange | null, user: CurrentUser): string | null {
  if (waiting === null) return null
  if (!user.roles.includes('kakaricho')) return new Fault('AUTH-002').message
  return waiting.isOther ? null : new Fault('SET-001').message
}

function infoOf(view: OptionView): Static<typeof OptionInfo> {
  const { definition, current, next, waiting } = view
  const isNumber = definition.type === 'integer' || definition.type === 'yen' || definition.type === 'percent'
  return {
    flow: view.flow,
    flowName: view.flowName,
    name: view.name,
    label: definition.label,
    basis: definition.basis,
    type: definition.type,
    unit: unitOf(definition),
    min: isNumber ? definition.min : null,
    max: isNumber ? definition.max : null,
    choices: choicesOf(view),
    defaultText: sayOptionValue(definition, definition.default, view.on),
    source: current?.legalSource || definition.source,
    isUnconfirmed: current === null && definition.verify,
    valueText: sayOptionValue(definition, valueOf(view), view.on),
    validFrom: current?.validFrom ?? null,
    next: next && { valueText: say(definition, next) ?? '', validFrom: next.validFrom },
    waiting: waiting && {
      changeId: waiting.changeId,
      valueText: say(definition, waiting) ?? '',
      validFrom: waiting.validFrom,
    },
  }
}

function unitOf(definition: OptionDefinition): string {
  if (definition.type === 'integer') return definition.unit ?? ''
  return { yen: '円', percent: '%', boolean: '', choice: '' }[definition.type]
}

/** What a form offers: the choices, both sides of a yes, or the few numbers that are allowed. */
function choicesOf({ definition }: OptionView): { value: string; label: string }[] {
  const offer = (value: number | boolean | string) => ({ value: `${value}`, label: sayOptionValue(definition, value) })
  switch (definition.type) {
    case 'boolean':
      return [true, false].map(offer)
    case 'choice':
      return Object.keys(definition.choices).map(offer)
    case 'percent':
      return []
    case 'integer':
    case 'yen':
      return (definition.allowed ?? []).map(offer)
    default:
      return definition satisfies never
  }
}
