import { Type } from 'typebox'
import {
  closedObject,
  CountNumber,
  IdText,
  Instant,
  nullable,
  oneOf,
  paging,
  Uuid,
  type RouteTable,
} from '#access/route-schema.ts'

const instanceStates = ['running', 'stopped', 'completed', 'terminated'] as const

export const Instance = closedObject({
  instanceKey: IdText,
  epoch: Type.Integer(),
  runId: nullable(Uuid),
  runNumber: nullable(Type.String()),
  title: nullable(Type.String()),
  processId: Type.String(),
  flow: nullable(Type.String()),
  flowName: nullable(Type.String()),
  modelVersion: nullable(Type.Integer()),
  state: oneOf(instanceStates),
  outcome: nullable(Type.String({ description: '終わり方(督促発送済)' })),
  /** Elements that hold a token now. */
  current: Type.Array(closedObject({ elementId: Type.String(), name: Type.String() })),
  startedAt: Instant,
  endedAt: nullable(Instant),
})

export const Incident = closedObject({
  incidentKey: IdText,
  elementId: Type.String(),
  elementName: Type.String(),
  kind: Type.String(),
  message: Type.String(),
  at: Instant,
  resolvedAt: nullable(Instant),
  canRetry: Type.Boolean(),
})

/** 引継ぎ between two instances of one run, when the engine's data were made anew. */
const Handover = closedObject({ instanceKey: IdText, epoch: Type.Integer(), at: Instant })

/** なぜ待っているか: one sentence for each place where the instance stands. */
export const Waiting = closedObject({
  elementId: Type.String(),
  name: Type.String(),
  text: Type.String(),
  next: Type.String({ description: '次にすること' }),
})

export const InstanceDetail = closedObject({
  ...Instance.properties,
  continues: nullable(Handover),
  continuedBy: nullable(Handover),
  /** BPMN text to draw. */
  xml: nullable(Type.String()),
  /** Elements and sequence flows passed, with how often. */
  path: Type.Array(closedObject({ elementId: Type.String(), visits: CountNumber })),
  tokens: Type.Array(closedObject({ elementId: Type.String(), count: CountNumber })),
  incidents: Type.Array(Incident),
  waiting: Type.Array(Waiting),
  variables: Type.Array(
    closedObject({ name: Type.String(), value: Type.String(), before: nullable(Type.String()), at: Instant }),
  ),
  dataAgeMs: nullable(Type.Integer()),
  at: Instant,
})

/** One sentence of 経過. */
export const TimelineLine = closedObject({
  at: Instant,
  kind: oneOf(['person', 'system', 'notice', 'file', 'read', 'refused', 'failed']),
  actor: Type.String(),
  step: nullable(Type.String()),
  text: Type.String(),
  /** How many records one line tells of: somebody who pages through a list reads it again and again. */
  times: Type.Integer({ minimum: 1 }),
  elementId: nullable(Type.String()),
  eventId: nullable(IdText),
  /** 理由, メモ: for those who may see personal data, and never what was typed about somebody under 抑止. */
  why: nullable(Type.String()),
  /** 前と後 of what it changed. */
  changes: Type.Array(
    closedObject({ name: Type.String(), before: nullable(Type.String()), after: nullable(Type.String()) }),
  ),
})

/** 人, システム, 通知とファイル, 閲覧. */
const timelineGroups = ['person', 'system', 'paper', 'read'] as const
export type TimelineGroup = (typeof timelineGroups)[number]

/** What became of one of several retries. */
const Retried = closedObject({
  instanceKey: IdText,
  incidentKey: IdText,
  /** Null when it moves again; else the fault's code and words. */
  problem: nullable(closedObject({ code: Type.String(), message: Type.String() })),
})

const key = closedObject({ key: IdText })
/** A key may be used again in another epoch; left out: the newest. */
const ofEpoch = closedObject({ epoch: Type.Optional(Type.Integer({ minimum: 1 })) })

export const instanceRoutes = {
  'GET /api/instances': {
    summary: '実行状況の一覧',
    query: closedObject({
      flow: Type.Optional(Type.String({ maxLength: 60 })),
      state: Type.Optional(oneOf(instanceStates)),
      ...paging,
    }),
    reply: closedObject({
      items: Type.Array(Instance),
      total: CountNumber,
      nextCursor: nullable(Type.String()),
      dataAgeMs: nullable(Type.Integer()),
      at: Instant,
    }),
  },
  'GET /api/instances/:key': { summary: '実行状況', params: key, query: ofEpoch, reply: InstanceDetail },
  'GET /api/instances/:key/timeline': {
    summary: '経過',
    params: key,
    query: closedObject({
      ...ofEpoch.properties,
      group: Type.Optional(oneOf(timelineGroups)),
      limit: paging.limit,
      offset: paging.offset,
    }),
    reply: closedObject({
      items: Type.Array(TimelineLine),
      /** Records of the asked group, and of each. */
      total: CountNumber,
      counts: closedObject({ person: CountNumber, system: CountNumber, paper: CountNumber, read: CountNumber }),
      nextOffset: nullable(CountNumber),
      dataAgeMs: nullable(Type.Integer()),
    }),
  },
  'POST /api/instances/:key/incidents/:incidentKey/retry': {
    summary: '止まった工程をもう一度行う',
    params: closedObject({ key: IdText, incidentKey: IdText }),
    body: closedObject({ reason: Type.String({ minLength: 5, maxLength: 200 }) }),
    reply: closedObject({ incidentKey: IdText }),
    idempotent: true,
  },
  'POST /api/instances/retry': {
    summary: '止まった処理をまとめてもう一度行う',
    body: closedObject({
      instanceKeys: Type.Array(IdText, { minItems: 1, maxItems: 100, uniqueItems: true }),
      reason: Type.String({ minLength: 5, maxLength: 200 }),
    }),
    reply: closedObject({ items: Type.Array(Retried) }),
    idempotent: true,
  },
} as const satisfies RouteTable
