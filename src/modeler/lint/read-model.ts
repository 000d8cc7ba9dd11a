import { childOf, childrenOf, extensionOf, extensionPairs, idOf, parseModdle, textOf, type Moddle } from './moddle.ts'
import type { FlowModel, ModelElement, Sequence, Trigger } from './model.ts'

/** Reads a model's graph from its XML. Throws when it has no process or more than one. */
export async function readModel(xml: string): Promise<FlowModel> {
  return graphOf(await parseModdle(xml))
}

/** The graph of parsed definitions. */
export function graphOf(definitions: Moddle): FlowModel {
  const processes = childrenOf(definitions, 'rootElements').filter((root) => root.$type === 'bpmn:Process')
  const [process] = processes
  if (!process || processes.length > 1) throw new Error(`a model has one process, this one has ${processes.length}`)
  const nodes = childrenOf(process, 'flowElements')
  const lanes = childrenOf(process, 'laneSets').flatMap((set) => childrenOf(set, 'lanes'))
  const laneOf = new Map(
    lanes.flatMap((lane) =>
      childrenOf(lane, 'flowNodeRef').map((node) => [idOf(node), textOf(lane, 'name') ?? ''] as const),
    ),
  )
  const start = nodes.find((node) => node.$type === 'bpmn:StartEvent')
  return {
    processId: idOf(process),
    name: textOf(process, 'name') ?? '',
    messageName: start ? (messageOf(start)?.name ?? null) : null,
    startVariables: start ? words(extensionPairs(start, 'properties').get('koki:variables')) : [],
    lanes: lanes.map((lane) => textOf(lane, 'name') ?? ''),
    elements: nodes
      .filter((node) => !DRAWN_ONLY.has(node.$type))
      .map((node) => readElement(node, laneOf.get(idOf(node)) ?? null)),
    sequences: nodes.filter((node) => node.$type === 'bpmn:SequenceFlow').map(readSequence),
  }
}

const DRAWN_ONLY = new Set(['bpmn:SequenceFlow', 'bpmn:DataObjectReference', 'bpmn:DataObject'])
const words = (text: string | null | undefined): readonly string[] => (text ?? '').split(/[\s,]+/).filter(Boolean)

/** FEEL of an attribute value, without the leading `=`. */
const feel = (text: string | null): string => (text ?? '').trim().replace(/^=\s*/, '')

function readElement(node: Moddle, lane: string | null): ModelElement {
  const common = { id: idOf(node), name: textOf(node, 'name') ?? '', lane }
  const foreign = { ...common, kind: 'foreign', type: node.$type } as const
  const events = childrenOf(node, 'eventDefinitions')
  switch (node.$type) {
    case 'bpmn:StartEvent':
      return messageOf(node) ? { ...common, kind: 'start' } : foreign
    case 'bpmn:EndEvent':
      return events.length === 0 ? { ...common, kind: 'end' } : foreign
    case 'bpmn:ExclusiveGateway': {
      const defaultFlow = childOf(node, 'default')
      return { ...common, kind: 'exclusive', defaultFlow: defaultFlow ? idOf(defaultFlow) : null }
    }
    case 'bpmn:ParallelGateway':
      return { ...common, kind: 'parallel' }
    case 'bpmn:IntermediateCatchEvent': {
      const timer = timerOf(node)
      if (timer !== null) return { ...common, kind: 'timer', expression: timer }
      const message = messageOf(node)
      return message
        ? { ...common, kind: 'message', messageName: message.name, correlation: message.correlation }
        : foreign
    }
    case 'bpmn:ServiceTask': {
      const definition = extensionOf(node, 'zeebe:TaskDefinition')
      return { ...common, kind: 'service', step: definition ? textOf(definition, 'type') : null }
    }
    case 'bpmn:UserTask':
      return { ...common, kind: 'user', ...readUserTask(node) }
    case 'bpmn:BoundaryEvent': {
      const host = childOf(node, 'attachedToRef')
      return {
        ...common,
        kind: 'boundary',
        on: host ? idOf(host) : '',
        isInterrupting: node['cancelActivity'] !== false,
        trigger: readTrigger(node),
        notify: extensionPairs(node, 'properties').get('koki:notify') ?? null,
      }
    }
    default:
      return foreign
  }
}

function readUserTask(node: Moddle) {
  const form = extensionOf(node, 'zeebe:FormDefinition')
  const assignment = extensionOf(node, 'zeebe:AssignmentDefinition')
  return {
    step: extensionPairs(node, 'headers').get('koki:step') ?? null,
    formKey: form ? textOf(form, 'formKey') : null,
    groups: words(assignment ? textOf(assignment, 'candidateGroups') : null),
  }
}

function readTrigger(node: Moddle): Trigger {
  const timer = timerOf(node)
  if (timer !== null) return { kind: 'timer', expression: timer }
  const [event] = childrenOf(node, 'eventDefinitions')
  if (event?.$type !== 'bpmn:ErrorEventDefinition') return { kind: 'foreign', type: event?.$type ?? 'none' }
  const error = childOf(event, 'errorRef')
  return { kind: 'error', code: error ? textOf(error, 'errorCode') : null }
}

/** FEEL of a timer that waits for an instant, or null when the event is no such timer. */
function timerOf(node: Moddle): string | null {
  const event = childrenOf(node, 'eventDefinitions').find((one) => one.$type === 'bpmn:TimerEventDefinition')
  const date = event && childOf(event, 'timeDate')
  return date ? feel(textOf(date, 'body')) : null
}

function messageOf(node: Moddle): { readonly name: string; readonly correlation: string } | null {
  const event = childrenOf(node, 'eventDefinitions').find((one) => one.$type === 'bpmn:MessageEventDefinition')
  const message = event && childOf(event, 'messageRef')
  if (!message) return null
  const subscription = extensionOf(message, 'zeebe:Subscription')
  return {
    name: textOf(message, 'name') ?? '',
    correlation: feel(subscription ? textOf(subscription, 'correlationKey') : null),
  }
}

function readSequence(node: Moddle): Sequence {
  const end = (attribute: string): string => {
    const ref = childOf(node, attribute)
    return ref ? idOf(ref) : ''
  }
  const condition = childOf(node, 'conditionExpression')
  return {
    id: idOf(node),
    name: textOf(node, 'name') ?? '',
    from: end('sourceRef'),
    to: end('targetRef'),
    condition: condition ? feel(textOf(condition, 'body')) : null,
  }
}
