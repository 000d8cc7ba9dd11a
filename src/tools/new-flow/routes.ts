import type { Arc } from './arcs.ts'
import { GATEWAY, TASK, type Flow, type Point } from './diagram.ts'
import type { Place } from './layout.ts'
import type { Outline, Way } from './outline.ts'
import { textBox } from './text.ts'

const HALF = GATEWAY.width / 2

/** The points of every line: straight on, or as an arc at the height that `levelY` gives for its lane. */
export function routesOf(
  outline: Outline,
  places: readonly Place[],
  arcs: readonly Arc[],
  levelY: (lane: number, arc: Arc) => number,
): readonly Flow[] {
  const placeOf = (id: string): Place => {
    const found = places.find((place) => place.node.id === id)
    if (!found) throw new Error(`nothing stands at ${id}`)
    return found
  }
  return outline.ways.map((way) => {
    const [from, to] = [placeOf(way.from), placeOf(way.to)]
    const arc = arcs.find((one) => one.way === way)
    return arc ? bend(arc, arcs, from, to, levelY(arc.lane, arc)) : straight(way, from, to)
  })
}

const rightOf = ({ node, x }: Place): number =>
  x + (node.kind === 'service' || node.kind === 'user' ? TASK.width / 2 : node.kind === 'gateway' ? HALF : 18)
const leftOf = (place: Place): number => 2 * place.x - rightOf(place)
const halfHeight = ({ node }: Place): number =>
  node.kind === 'service' || node.kind === 'user' ? TASK.height / 2 : node.kind === 'gateway' ? HALF : 18

function straight(way: Way, from: Place, to: Place): Flow {
  const [start, end] = [rightOf(from), leftOf(to)]
  const middle = Math.round((start + end) / 2)
  const points: readonly Point[] =
    from.y === to.y
      ? [
          { x: start, y: from.y },
          { x: end, y: to.y },
        ]
      : [
          { x: start, y: from.y },
          { x: middle, y: from.y },
          { x: middle, y: to.y },
          { x: end, y: to.y },
        ]
  return way.name === undefined
    ? { ...way, points }
    : { ...way, points, label: textBox(way.name, { x: start + 10, y: from.y - 18 }, 90) }
}

/** Leaves the gateway at its top or bottom, runs along its level, and enters the target from the same side. */
function bend(arc: Arc, arcs: readonly Arc[], from: Place, to: Place, y: number): Flow {
  const exit = exitOf(arc, arcs, from, y < from.y)
  const entry = { x: to.x + entryShift(arc, arcs), y: to.y + halfHeight(to) * (y < to.y ? -1 : 1) }
  const points = [exit, { x: exit.x, y }, { x: entry.x, y }, entry]
  const name = arc.way.name ?? ''
  const box = textBox(name, { x: 0, y: y - 17 }, 160)
  const isLeftward = to.x < from.x
  return { ...arc.way, points, label: { ...box, x: isLeftward ? from.x - 36 - box.width : from.x + 36 } }
}

/** The outermost arc leaves at the corner of the diamond, inner ones on its edge towards where they go. */
function exitOf(arc: Arc, arcs: readonly Arc[], from: Place, isUp: boolean): Point {
  const outer = arcs.filter(
    (other) => other.way.from === arc.way.from && other.side === arc.side && other.level > arc.level,
  )
  const shift = 10 * outer.length
  const towards = arc.side === 'above' ? -1 : 1
  return { x: from.x + towards * shift, y: from.y + (isUp ? -1 : 1) * (HALF - shift) }
}

/** Arcs into one step enter side by side, the outermost furthest from where they come. */
function entryShift(arc: Arc, arcs: readonly Arc[]): number {
  const into = arcs.filter((other) => other.way.to === arc.way.to && other.side === arc.side)
  const rank = into.filter((other) => other.level < arc.level).length
  const room = Math.min(40, 100 / into.length)
  const shift = ((into.length - 1) / 2 - rank) * room
  if (arc.way.to === 'End') return -shift / 3
  return arc.side === 'above' ? shift : -shift
}
