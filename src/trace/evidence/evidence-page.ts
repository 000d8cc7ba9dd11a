import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { inJapan } from '#kernel/japan-time.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { wordOf } from '#kernel/value-words.ts'
import { formatWarekiShort } from '#rules/calendar/wareki.ts'
import { changesOf, contentOf, whyOf } from '#audit/changes.ts'
import { describeEvent } from '#audit/describe.ts'
import { ATTACHMENT_TYPES } from '#runtime/attachments/types.ts'
import type { CheckedInvariant } from '#runtime/check-run.ts'
import type { FlowDefinition } from '#runtime/flow.ts'
import { flowNames, stepNo } from '#tasklist/queries/task-list.ts'
import type { Static } from 'typebox'
import type { DocumentInfo, RunFile } from '../runs.schema.ts'
import type { RunFacts } from './facts.ts'
import {
  actionWord,
  decisionWord,
  listWord,
  noticeWord,
  optionValueWord,
  paperWord,
  RUN_STATES,
  STEP_STATES,
  valuesWord,
  valueWord,
} from './words.ts'

/** What a pack is made of beside the rows of the run. */
export interface EvidenceParts {
  readonly facts: RunFacts
  readonly flow: FlowDefinition
  readonly checks: readonly CheckedInvariant[]
  readonly documents: readonly Static<typeof DocumentInfo>[]
  readonly files: readonly Static<typeof RunFile>[]
  readonly made: { readonly at: string; readonly by: string; readonly terminal: string }
}

const page = Handlebars.compile(readFileSync(new URL('page.hbs', import.meta.url), 'utf8'), { strict: true })

/** 証拠一式: one HTML page of a run that opens without network. Every value is escaped by the template. */
export function evidencePage({ facts, flow, checks, documents, files, made }: EvidenceParts): string {
  const { run } = facts
  return page({
    made: { ...made, at: moment(made.at) },
    run: {
      number: run.number,
      title: run.title,
      flowName: flowNames(run.flow).name,
      state: run.outcome ?? RUN_STATES[run.state],
      startedBy: run.startedBy ?? 'システム',
      createdAt: moment(run.createdAt),
      finishedAt: moment(run.finishedAt),
    },
    params: Object.entries(run.params).map(([name, value]) => ({ name: wordOf(name), value: valueWord(name, value) })),
    options: optionsOf(flow, run.options),
    steps: facts.steps.map((step) => ({
      ...step,
      step: stepWords(flow, step.stepId),
      state: STEP_STATES[step.state],
      by: step.by ?? '',
      startedAt: moment(step.startedAt),
      finishedAt: moment(step.finishedAt),
      posting: step.posting === null ? '' : String(step.posting),
      output: valuesWord(step.output ?? {}),
    })),
    lists: facts.lists.map((list) => ({
      ...list,
      kind: listWord(list.kind),
      rows: number(list.rows),
      hash: list.hash ?? '',
      decision: list.decision === null ? '—' : decisionWord(list.decision),
      targets: list.targets === null ? '' : number(list.targets),
      sumYen: list.sumYen === null ? '' : number(list.sumYen),
      proposedBy: list.proposedBy ?? '',
      decidedBy: list.decidedBy ?? '',
      decidedAt: moment(list.decidedAt),
    })),
    marks: facts.marks.map((mark) => ({
      ...mark,
      kind: listWord(mark.kind),
      action: actionWord(mark.action),
      reason: mark.reason === null ? '' : `${mark.reason} ${flow.words?.reasons[mark.reason] ?? ''}`,
      count: number(mark.count),
    })),
    papers: [
      ...documents.map(({ name, version, noticeCount, state, builtAt, sha256 }) => ({
        name,
        version,
        count: number(noticeCount),
        sumYen: '',
        state: paperWord(state),
        at: moment(builtAt),
        sha256,
      })),
      ...files.map(({ name, version, lineCount, sumYen, state, createdAt, sha256 }) => ({
        name,
        version: version ?? '',
        count: lineCount === null ? '' : number(lineCount),
        sumYen: sumYen === null ? '' : number(sumYen),
        state: paperWord(state),
        at: moment(createdAt),
        sha256: sha256 ?? '',
      })),
    ],
    attachments: facts.attachments.map((one) => ({
      step: stepWords(flow, one.stepId),
      type: ATTACHMENT_TYPES[one.type].label,
      name: one.isProtected ? HIDDEN : one.name,
      bytes: number(one.byteSize),
      by: one.by,
      at: moment(one.at),
      withdrawn:
        one.withdrawnAt === null
          ? ''
          : `${moment(one.withdrawnAt)} ${one.withdrawnBy ?? ''} ${one.isProtected ? HIDDEN : (one.withdrawalReason ?? '')}`,
      sha256: one.sha256,
    })),
    notices: facts.notices.map(({ state, count }) => ({ state: noticeWord(state), count: number(count) })),
    postings: facts.postings.map(({ kind, count, sumYen }) => ({ kind, count: number(count), sumYen: number(sumYen) })),
    checks: checks.map((check) => ({ ...check, count: number(check.count), tone: check.count > 0 ? 'n bad' : 'n' })),
    events: facts.events.map((event) => {
      const content = contentOf(event.payload)
      const said = describeEvent(event.kind, content)
      return {
        id: String(event.id),
        seal: event.seal === null ? '' : String(event.seal),
        at: moment(event.at),
        actor: event.actor,
        terminal: event.terminal,
        label: said.label,
        step: event.stepId === null ? '' : stepNo(event.stepId),
        summary: said.summary,
        isMasked: event.isMasked,
        why: event.isMasked ? '' : (whyOf(content) ?? ''),
        changes: event.isMasked
          ? []
          : changesOf(content).map(({ name, before, after }) => ({ name, before: before ?? '—', after: after ?? '—' })),
        hash: event.hash,
      }
    }),
    instances: facts.instances.map((instance) => ({
      ...instance,
      key: String(instance.key),
      version: instance.version ?? '',
      sha256: instance.sha256 ?? '',
      startedAt: moment(instance.startedAt),
      endedAt: moment(instance.endedAt),
    })),
    models: facts.instances.flatMap(({ processId, version, xml }) =>
      xml === null ? [] : [{ processId, version, xml }],
    ),
    lastSeal: { number: String(facts.lastSeal?.number ?? ''), hash: facts.lastSeal?.hash ?? '' },
  })
}

/** Stands for words and names about a person under 抑止. */
const HIDDEN = '(伏せています)'

const number = (value: bigint | number): string => value.toLocaleString('ja-JP')

const stepWords = (flow: FlowDefinition, stepId: string): string =>
  `${stepNo(stepId)} ${flow.steps.find(({ id }) => id === stepId)?.officialName ?? ''}`

/** 「R8.11.13 10:02:07」 in Japan; empty when there is none. */
function moment(instant: string | null): string {
  if (instant === null) return ''
  const { day, time } = inJapan(instant)
  return `${formatWarekiShort(day)} ${time}`
}

interface Pinned {
  readonly name: string
  readonly value: unknown
  readonly validFrom: PlainDate
}
/** The recorded versions that the run pinned (decision record 0004); a flow without options pins none. */
const optionsOf = (flow: FlowDefinition, options: unknown) =>
  ((options as { readonly versions?: readonly Pinned[] } | null)?.versions ?? []).map(({ name, value, validFrom }) => ({
    name: flow.optionDefinitions?.[name]?.label ?? name,
    value: optionValueWord(flow.optionDefinitions?.[name], value, validFrom),
    validFrom: valueWord('', validFrom),
  }))
