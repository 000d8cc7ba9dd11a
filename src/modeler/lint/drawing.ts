import { childOf, childrenOf, idOf, type Moddle } from './moddle.ts'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export interface Spot {
  readonly x: number
  readonly y: number
}

/** What a model's diagram interchange draws. */
export interface Drawing {
  readonly shapes: readonly {
    readonly id: string
    readonly type: string
    readonly box: Box
    readonly label: Box | null
  }[]
  readonly lines: readonly { readonly id: string; readonly spots: readonly Spot[]; readonly label: Box | null }[]
}

/** Reads the first diagram; empty lists when there is none. */
export function drawingOf(definitions: Moddle): Drawing {
  const [diagram] = childrenOf(definitions, 'diagrams')
  const plane = diagram && childOf(diagram, 'plane')
  const drawn = plane ? childrenOf(plane, 'planeElement') : []
  return {
    shapes: drawn.flatMap((di) => {
      const [element, box] = [childOf(di, 'bpmnElement'), boxOf(childOf(di, 'bounds'))]
      return element && box ? [{ id: idOf(element), type: element.$type, box, label: labelOf(di) }] : []
    }),
    lines: drawn.flatMap((di) => {
      const element = childOf(di, 'bpmnElement')
      const spots = childrenOf(di, 'waypoint').flatMap((point) => spotOf(point) ?? [])
      return element && spots.length > 1 ? [{ id: idOf(element), spots, label: labelOf(di) }] : []
    }),
  }
}

const labelOf = (di: Moddle): Box | null => {
  const label = childOf(di, 'label')
  return label ? boxOf(childOf(label, 'bounds')) : null
}

function boxOf(bounds: Moddle | null): Box | null {
  if (!bounds) return null
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(bounds[name]))
  return x === undefined || y === undefined || width === undefined || height === undefined
    ? null
    : { x, y, width, height }
}

const spotOf = (point: Moddle): Spot | null => {
  const [x, y] = [Number(point['x']), Number(point['y'])]
  return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null
}

/** Whether two boxes share more than an edge. */
export const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Whether the inner box lies wholly in the outer one. */
export const contains = (outer: Box, inner: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

/** Whether a line runs through the inside of a box; our lines are horizontal or vertical, slanted ones count by their extent. */
export const crosses = (spots: readonly Spot[], box: Box): boolean =>
  spots.some((spot, index) => {
    const next = spots[index + 1]
    return next !== undefined && overlap(extentOf(spot, next), box)
  })

const THIN = 0.5
const extentOf = (a: Spot, b: Spot): Box => ({
  x: Math.min(a.x, b.x) - THIN,
  y: Math.min(a.y, b.y) - THIN,
  width: Math.abs(a.x - b.x) + 2 * THIN,
  height: Math.abs(a.y - b.y) + 2 * THIN,
})
