import { drawingOf } from '../drawing.ts'
import { childrenOf, idOf, type Moddle } from '../moddle.ts'
import type { RuleFactory } from './rule.ts'

/** Everything that runs is drawn. */
export const completeDrawing: RuleFactory = () => ({
  check(node, reporter) {
    if (node.$type !== 'bpmn:Definitions') return
    const { shapes, lines } = drawingOf(node)
    const drawn = new Set([...shapes, ...lines].map((one) => one.id))
    for (const element of visibleOf(node))
      if (!drawn.has(idOf(element))) reporter.report(idOf(element), '図に描かれていません。')
  },
})

/** Lanes, flow nodes, lines, papers and the lines to them. */
function visibleOf(definitions: Moddle): readonly Moddle[] {
  return childrenOf(definitions, 'rootElements').flatMap((root) => {
    if (root.$type === 'bpmn:Collaboration') return childrenOf(root, 'participants')
    if (root.$type !== 'bpmn:Process') return []
    const elements = childrenOf(root, 'flowElements').filter((element) => element.$type !== 'bpmn:DataObject')
    const lanes = childrenOf(root, 'laneSets').flatMap((set) => childrenOf(set, 'lanes'))
    return [...lanes, ...elements, ...elements.flatMap((element) => childrenOf(element, 'dataOutputAssociations'))]
  })
}
