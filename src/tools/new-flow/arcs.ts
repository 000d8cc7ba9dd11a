import type { Outline, Way } from './outline.ts'

/** A way that is not straight on: it leaves a gateway, runs along a row and enters a step. */
export interface Arc {
  readonly way: Way
  readonly side: 'above' | 'below'
  /** Index of the lane along whose row it runs. */
  readonly lane: number
  /** 0 is nearest to the row; a longer arc runs further out, so nested arcs do not cross. */
  readonly level: number
  readonly left: number
  readonly right: number
}

/** The arcs of an outline with their levels. Back: above the target's row. On: below the gateway's row. */
export function levelsOf(
  outline: Outline,
  columns: ReadonlyMap<string, number>,
  lanes: readonly string[],
): readonly Arc[] {
  const order = outline.nodes.map((node) => node.id)
  const laneOf = (id: string): number => lanes.indexOf(outline.nodes.find((node) => node.id === id)?.lane ?? '')
  const arcs = outline.ways
    .filter((way) => order.indexOf(way.to) !== order.indexOf(way.from) + 1)
    .map((way) => {
      const isBack = order.indexOf(way.to) < order.indexOf(way.from)
      const ends = [columns.get(way.from) ?? 0, columns.get(way.to) ?? 0] as const
      return {
        way,
        side: isBack ? ('above' as const) : ('below' as const),
        lane: laneOf(isBack ? way.to : way.from),
        left: Math.min(...ends),
        right: Math.max(...ends),
      }
    })
    .toSorted((a, b) => a.right - a.left - (b.right - b.left))
  const placed: Arc[] = []
  for (const arc of arcs) {
    const taken = placed
      .filter(
        (other) =>
          other.side === arc.side && other.lane === arc.lane && other.left <= arc.right && arc.left <= other.right,
      )
      .map((other) => other.level)
    placed.push({ ...arc, level: Math.max(-1, ...taken) + 1 })
  }
  return placed
}
