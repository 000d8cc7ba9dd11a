import { around, EVENT, GATEWAY, PAPER, TASK, type Bounds, type Diagram, type Node } from './diagram.ts'
import { levelsOf, type Arc } from './arcs.ts'
import type { Outline, OutlineNode } from './outline.ts'
import { routesOf } from './routes.ts'
import { textBox } from './text.ts'

const LEFT = 160
const TOP = 80
const HEAD = 30
const GAP = 60
const GATEWAY_GAP = 110
const EVENT_LABEL = 110
const LEVEL = 36
const OUTSIDE_LANE = 110

/** Where a node stands: its column is its own, its row is its lane's. */
export interface Place {
  readonly node: OutlineNode
  readonly x: number
  readonly y: number
  readonly lane: number
}

/** Draws an outline: one column a node, one row a lane; ways back run above a row, ways on below it. */
export function layOut(outline: Outline, flow: string, title: string): Diagram {
  const columns = columnsOf(outline.nodes)
  const ours = [...new Set(outline.nodes.map((node) => node.lane))]
  const others = [...new Set(outline.papers.map((paper) => paper.lane))]
  const arcs = levelsOf(outline, columns, ours)
  const width = (columns.get('End') ?? 0) + 110 - LEFT
  const lanes = stack(ours, others, outline.nodes, arcs)
  const places = outline.nodes.map((node): Place => {
    const lane = ours.indexOf(node.lane)
    return { node, x: columns.get(node.id) ?? 0, y: lanes[lane]?.row ?? 0, lane }
  })
  return {
    processId: `p-${flow}`,
    name: title,
    message: `${flow}/start`,
    startVariables: outline.startVariables,
    pool: { x: LEFT, y: TOP, width, height: lanes.reduce((sum, lane) => sum + lane.height, 0) },
    lanes: lanes.map((lane, index) => ({
      id: `Lane_${index + 1}`,
      name: lane.name,
      bounds: { x: LEFT + HEAD, y: lane.top, width: width - HEAD, height: lane.height },
      nodes: outline.nodes.filter((node) => node.lane === lane.name).map((node) => node.id),
    })),
    nodes: places.map(drawNode),
    flows: routesOf(outline, places, arcs, (lane, arc) => levelY(lanes[lane]?.row ?? 0, arc)),
    papers: outline.papers.map((paper) => {
      const sender = places.find((place) => place.node.id === paper.from)
      const lane = lanes.find((one) => one.name === paper.lane)
      const [x, y, from] = [sender?.x ?? 0, lane?.row ?? 0, sender?.y ?? 0]
      return {
        id: paper.id,
        name: paper.name,
        from: paper.from,
        bounds: around(x, y, PAPER),
        label: textBox(paper.name, { x: x + 24, y: y - 7 }, 130),
        points: [
          { x, y: from + TASK.height / 2 },
          { x, y: y - PAPER.height / 2 },
        ],
      }
    }),
  }
}

/** Height of an arc's horizontal part: above the row for ways back, below it for ways on. */
const levelY = (row: number, arc: Arc): number =>
  arc.side === 'above' ? row - TASK.height / 2 - LEVEL * (arc.level + 1) : row + 74 + LEVEL * arc.level + 40

const halfOf = (node: OutlineNode): number =>
  node.kind === 'service' || node.kind === 'user'
    ? TASK.width / 2
    : node.kind === 'gateway'
      ? GATEWAY.width / 2
      : EVENT.width / 2

/** Columns from left to right: room for each node, for its name below, and for the name of a gateway's way. */
function columnsOf(nodes: readonly OutlineNode[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>()
  let [at, before] = [LEFT + 2 * HEAD + 20, null as OutlineNode | null]
  for (const node of nodes) {
    const labelled = (one: OutlineNode | null): number => (one && isEvent(one) ? EVENT_LABEL / 2 : 0)
    const gap = before?.kind === 'gateway' ? GATEWAY_GAP : GAP
    const byShape = before ? halfOf(before) + gap + halfOf(node) : halfOf(node) + 30
    const byName = Math.max(labelled(before), before ? halfOf(before) : 0) + 15 + Math.max(labelled(node), halfOf(node))
    at += Math.max(byShape, byName)
    columns.set(node.id, at)
    before = node
  }
  return columns
}
const isEvent = (node: OutlineNode): boolean => !['service', 'user', 'gateway'].includes(node.kind)

interface LaneBand {
  readonly name: string
  readonly top: number
  readonly height: number
  /** The line its nodes stand on. */
  readonly row: number
}

/** Lanes from top to bottom: ours with room for their arcs, then those who receive. */
function stack(
  ours: readonly string[],
  others: readonly string[],
  nodes: readonly OutlineNode[],
  arcs: readonly Arc[],
): readonly LaneBand[] {
  let top = TOP
  const band = (name: string, above: number, below: number): LaneBand => {
    const missing = Math.max(0, 13 * name.length + 24 - above - below) // a lane's name is written along its height
    const lane = { name, top, height: above + below + missing, row: top + above + missing / 2 }
    top += lane.height
    return lane
  }
  return [
    ...ours.map((name, index) => {
      const levels = (side: Arc['side']): number =>
        Math.max(0, ...arcs.filter((arc) => arc.lane === index && arc.side === side).map((arc) => arc.level + 1))
      const names = nodes
        .filter((node) => node.lane === name && isEvent(node))
        .map((node) => 24 + nameBox(node, 0, 0).height)
      const below = levels('below') > 0 ? 114 + LEVEL * levels('below') : 0
      return band(name, 70 + LEVEL * levels('above'), Math.max(70, 20 + Math.max(0, ...names), below))
    }),
    ...others.map((name) => band(name, OUTSIDE_LANE / 2, OUTSIDE_LANE / 2)),
  ]
}

/** The name of an event stands below it, centred. */
function nameBox(node: OutlineNode, x: number, y: number): Bounds {
  const box = textBox(node.name, { x, y: y + 24 }, EVENT_LABEL - 10)
  return { ...box, x: x - box.width / 2 }
}

function drawNode({ node, x, y }: Place): Node {
  const size = node.kind === 'gateway' ? GATEWAY : isEvent(node) ? EVENT : TASK
  const { lane: _, ...drawn } = { ...node, bounds: around(x, y, size) }
  if (node.kind === 'gateway') return { ...drawn, label: textBox(node.name, { x: x + 10, y: y - 42 }, 100) }
  // lines come to the end from the left and from below
  if (node.kind === 'end') return { ...drawn, label: textBox(node.name, { x: x + 24, y: y - 7 }, 60) }
  return isEvent(node) ? { ...drawn, label: nameBox(node, x, y) } : drawn
}
