import { childOf, childrenOf, idOf } from '../moddle.ts'
import type { RuleFactory } from './rule.ts'

/** A line is also written at both its ends (`incoming`, `outgoing`): the engine refuses a boundary event without. */
export const writtenWays: RuleFactory = () => ({
  check(node, reporter) {
    if (node.$type !== 'bpmn:SequenceFlow') return
    const [source, target] = [childOf(node, 'sourceRef'), childOf(node, 'targetRef')]
    const isWritten =
      source && target && childrenOf(source, 'outgoing').includes(node) && childrenOf(target, 'incoming').includes(node)
    if (!isWritten) reporter.report(idOf(node), '線の両端に incoming / outgoing が書かれていません。')
  },
})
