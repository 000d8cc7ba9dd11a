import { childrenOf, idOf } from '../moddle.ts'
import type { RuleFactory } from './rule.ts'

/** Nothing is sent by the engine: a step's outbox tells other flows, after its transaction. */
export const noSentMessage: RuleFactory = () => ({
  check(node, reporter) {
    const isThrown = node.$type === 'bpmn:EndEvent' || node.$type === 'bpmn:IntermediateThrowEvent'
    const sends = childrenOf(node, 'eventDefinitions').some((event) => event.$type === 'bpmn:MessageEventDefinition')
    if (node.$type === 'bpmn:SendTask' || (isThrown && sends))
      reporter.report(idOf(node), '連絡を送る要素は使えません。前の工程の処理から送ります。')
  },
})
