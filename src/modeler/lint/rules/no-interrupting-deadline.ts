import { childOf, idOf } from '../moddle.ts'
import type { RuleFactory } from './rule.ts'

/** A deadline warns, it never takes the work away from a person: no interrupting event on a human step. */
export const noInterruptingDeadline: RuleFactory = () => ({
  check(node, reporter) {
    if (node.$type !== 'bpmn:BoundaryEvent' || node['cancelActivity'] === false) return
    if (childOf(node, 'attachedToRef')?.$type === 'bpmn:UserTask')
      reporter.report(idOf(node), '人の作業を打ち切る期限は使えません。「打ち切らない」にしてください。')
  },
})
