import { contains, crosses, drawingOf, overlap, type Drawing } from '../drawing.ts'
import type { RuleFactory } from './rule.ts'

const FRAMES = new Set(['bpmn:Participant', 'bpmn:Lane'])

/** Nothing lies on anything else: shapes, names and lines are apart, and every shape is inside one lane. */
export const clearDrawing: RuleFactory = () => ({
  check(node, reporter) {
    if (node.$type !== 'bpmn:Definitions') return
    const drawing = drawingOf(node)
    for (const id of overlapping(drawing)) reporter.report(id, 'ほかの要素と重なっています。')
    for (const id of outside(drawing)) reporter.report(id, 'レーンの境をまたいでいます。')
    for (const id of hiddenNames(drawing)) reporter.report(id, '名前がほかの要素や線と重なっています。')
    for (const id of crossedShapes(drawing)) reporter.report(id, '線が要素の上を通っています。')
  },
})

const insideShapes = ({ shapes }: Drawing) => shapes.filter((shape) => !FRAMES.has(shape.type))

/** A boundary event sits on its task; any other pair is apart. */
const overlapping = (drawing: Drawing): readonly string[] =>
  insideShapes(drawing).flatMap((one, index, all) =>
    one.type !== 'bpmn:BoundaryEvent' &&
    all.some((other, at) => at < index && other.type !== 'bpmn:BoundaryEvent' && overlap(one.box, other.box))
      ? [one.id]
      : [],
  )

const outside = (drawing: Drawing): readonly string[] => {
  const lanes = drawing.shapes.filter((shape) => shape.type === 'bpmn:Lane')
  return insideShapes(drawing).flatMap((one) => (lanes.some((lane) => contains(lane.box, one.box)) ? [] : [one.id]))
}

function hiddenNames(drawing: Drawing): readonly string[] {
  const inside = insideShapes(drawing)
  const named = [...inside, ...drawing.lines]
  return named.flatMap(({ id, label }) => {
    if (!label) return []
    const isHidden =
      inside.some((shape) => overlap(shape.box, label)) ||
      drawing.lines.some((line) => crosses(line.spots, label)) ||
      named.some((other) => other.id !== id && other.label !== null && overlap(other.label, label))
    return isHidden ? [id] : []
  })
}

/** A line may only touch the shapes it joins: its ends lie on their edges, so no inside is crossed. */
const crossedShapes = (drawing: Drawing): readonly string[] =>
  drawing.lines.flatMap((line) => {
    const hit = insideShapes(drawing).some((shape) => {
      const isJoined = [line.spots[0], line.spots.at(-1)].some(
        (end) => end !== undefined && overlap({ x: end.x - 1, y: end.y - 1, width: 2, height: 2 }, shape.box),
      )
      return !isJoined && crosses(line.spots, shape.box)
    })
    return hit ? [line.id] : []
  })
