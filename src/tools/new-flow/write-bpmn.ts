import type { Bounds, Diagram, Flow, Node, Paper, Point } from './diagram.ts'

const NAMESPACES = {
  'xmlns:bpmn': 'http://www.omg.org/spec/BPMN/20100524/MODEL',
  'xmlns:bpmndi': 'http://www.omg.org/spec/BPMN/20100524/DI',
  'xmlns:dc': 'http://www.omg.org/spec/DD/20100524/DC',
  'xmlns:di': 'http://www.omg.org/spec/DD/20100524/DI',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xmlns:zeebe': 'http://camunda.org/schema/zeebe/1.0',
  'xmlns:modeler': 'http://camunda.org/schema/modeler/1.0',
} as const

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** An element as indented lines; attributes without value are left out. */
function element(
  tag: string,
  attributes: Record<string, string | undefined>,
  children: readonly string[] = [],
): string {
  const written = Object.entries(attributes).flatMap(([k, v]) => (v === undefined ? [] : [` ${k}="${escape(v)}"`]))
  const open = `<${tag}${written.join('')}`
  const inner = children.filter((child) => child !== '')
  if (inner.length === 0) return `${open} />`
  return `${open}>\n${inner.map((child) => child.replaceAll(/^/gm, '  ')).join('\n')}\n</${tag}>`
}
const text = (tag: string, content: string, attributes = ''): string =>
  `<${tag}${attributes}>${escape(content)}</${tag}>`

const TAGS = {
  start: 'bpmn:startEvent',
  end: 'bpmn:endEvent',
  gateway: 'bpmn:exclusiveGateway',
  timer: 'bpmn:intermediateCatchEvent',
  wait: 'bpmn:intermediateCatchEvent',
  deadline: 'bpmn:boundaryEvent',
  service: 'bpmn:serviceTask',
  user: 'bpmn:userTask',
} as const satisfies Record<Node['kind'], string>

const properties = (name: string, value: string): string =>
  element('bpmn:extensionElements', {}, [element('zeebe:properties', {}, [element('zeebe:property', { name, value })])])

function extensions(node: Node, diagram: Diagram): string {
  switch (node.kind) {
    case 'start':
      return properties('koki:variables', diagram.startVariables.join(' '))
    case 'deadline':
      return properties('koki:notify', node.notify)
    case 'service':
      return element('bpmn:extensionElements', {}, [element('zeebe:taskDefinition', { type: node.step })])
    case 'user':
      return element('bpmn:extensionElements', {}, [
        element('zeebe:formDefinition', { formKey: node.step }),
        element('zeebe:assignmentDefinition', { candidateGroups: node.groups.join(',') }),
        element('zeebe:taskHeaders', {}, [element('zeebe:header', { key: 'koki:step', value: node.step })]),
      ])
    case 'end':
    case 'gateway':
    case 'timer':
    case 'wait':
      return ''
    default:
      return node satisfies never
  }
}

const timer = (id: string, until: string): string =>
  element('bpmn:timerEventDefinition', { id: `${id}_Timer` }, [
    text('bpmn:timeDate', `=${until}`, ' xsi:type="bpmn:tFormalExpression"'),
  ])

/** A run waits for its own message: the matcher publishes it with the run's id. */
const waitedMessage = (id: string, name: string): string =>
  element('bpmn:message', { id: `Message_${id}`, name }, [
    element('bpmn:extensionElements', {}, [element('zeebe:subscription', { correlationKey: '=runId' })]),
  ])

const attachment = (node: Node, flows: readonly Flow[]): Record<string, string | undefined> => ({
  attachedToRef: node.kind === 'deadline' ? node.on : undefined,
  cancelActivity: node.kind === 'deadline' ? 'false' : undefined,
  default: flows.find((flow) => flow.from === node.id && flow.isDefault)?.id,
})

function writeNode(node: Node, diagram: Diagram): string {
  const papers = diagram.papers.filter((paper) => paper.from === node.id)
  return element(TAGS[node.kind], { id: node.id, name: node.name || undefined, ...attachment(node, diagram.flows) }, [
    extensions(node, diagram),
    ...diagram.flows.filter((flow) => flow.to === node.id).map((flow) => text('bpmn:incoming', flow.id)),
    ...diagram.flows.filter((flow) => flow.from === node.id).map((flow) => text('bpmn:outgoing', flow.id)),
    ...papers.map((paper) =>
      element('bpmn:dataOutputAssociation', { id: `${paper.id}_Sent` }, [text('bpmn:targetRef', paper.id)]),
    ),
    node.kind === 'start' || node.kind === 'wait'
      ? element('bpmn:messageEventDefinition', { id: `${node.id}_Message`, messageRef: `Message_${node.id}` })
      : '',
    node.kind === 'timer' || node.kind === 'deadline' ? timer(node.id, node.until) : '',
  ])
}

const writeFlow = (flow: Flow): string =>
  element('bpmn:sequenceFlow', { id: flow.id, name: flow.name, sourceRef: flow.from, targetRef: flow.to }, [
    flow.condition === undefined
      ? ''
      : text('bpmn:conditionExpression', `=${flow.condition}`, ' xsi:type="bpmn:tFormalExpression"'),
  ])

const writePaper = (paper: Paper): readonly string[] => [
  element('bpmn:dataObjectReference', { id: paper.id, name: paper.name, dataObjectRef: `${paper.id}_Object` }),
  element('bpmn:dataObject', { id: `${paper.id}_Object` }),
]

const box = ({ x, y, width, height }: Bounds): string =>
  element('dc:Bounds', { x: String(x), y: String(y), width: String(width), height: String(height) })
const label = (bounds: Bounds | undefined): string => (bounds ? element('bpmndi:BPMNLabel', {}, [box(bounds)]) : '')

const shape = (
  id: string,
  bounds: Bounds,
  labelled?: Bounds,
  attributes: Record<string, string | undefined> = {},
): string =>
  element('bpmndi:BPMNShape', { id: `${id}_di`, bpmnElement: id, ...attributes }, [box(bounds), label(labelled)])

const edge = (id: string, points: readonly Point[], labelled?: Bounds): string =>
  element('bpmndi:BPMNEdge', { id: `${id}_di`, bpmnElement: id }, [
    ...points.map((point) => element('di:waypoint', { x: String(point.x), y: String(point.y) })),
    label(labelled),
  ])

/** The diagram as BPMN 2.0 with Zeebe's extensions for 8.5 and complete diagram interchange. Equal input, equal text. */
export function writeBpmn(diagram: Diagram): string {
  const lanes = element(
    'bpmn:laneSet',
    { id: 'Lanes' },
    diagram.lanes.map((lane) =>
      element(
        'bpmn:lane',
        { id: lane.id, name: lane.name },
        lane.nodes.map((id) => text('bpmn:flowNodeRef', id)),
      ),
    ),
  )
  const process = element('bpmn:process', { id: diagram.processId, name: diagram.name, isExecutable: 'true' }, [
    lanes,
    ...diagram.nodes.map((node) => writeNode(node, diagram)),
    ...diagram.flows.map(writeFlow),
    ...diagram.papers.flatMap(writePaper),
  ])
  const plane = element('bpmndi:BPMNPlane', { id: 'Plane', bpmnElement: 'Collaboration' }, [
    shape('Pool', diagram.pool, undefined, { isHorizontal: 'true' }),
    ...diagram.lanes.map((lane) => shape(lane.id, lane.bounds, undefined, { isHorizontal: 'true' })),
    ...diagram.nodes.map((node) =>
      shape(node.id, node.bounds, node.label, node.kind === 'gateway' ? { isMarkerVisible: 'true' } : {}),
    ),
    ...diagram.papers.map((paper) => shape(paper.id, paper.bounds, paper.label)),
    ...diagram.flows.map((flow) => edge(flow.id, flow.points, flow.label)),
    ...diagram.papers.map((paper) => edge(`${paper.id}_Sent`, paper.points)),
  ])
  const definitions = element(
    'bpmn:definitions',
    {
      ...NAMESPACES,
      id: `definitions-${diagram.processId}`,
      targetNamespace: 'urn:koki-flow',
      'modeler:executionPlatform': 'Camunda Cloud',
      'modeler:executionPlatformVersion': '8.5.0',
    },
    [
      element('bpmn:collaboration', { id: 'Collaboration' }, [
        element('bpmn:participant', { id: 'Pool', name: diagram.name, processRef: diagram.processId }),
      ]),
      process,
      element('bpmn:message', { id: 'Message_Start', name: diagram.message }),
      ...diagram.nodes.flatMap((node) => (node.kind === 'wait' ? [waitedMessage(node.id, node.message)] : [])),
      element('bpmndi:BPMNDiagram', { id: 'Diagram' }, [plane]),
    ],
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${definitions}\n`
}
