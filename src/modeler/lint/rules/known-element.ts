import { graphOf } from '../read-model.ts'
import { idOf } from '../moddle.ts'
import type { RuleFactory } from './rule.ts'

/** Only elements whose behaviour the path analysis knows; anything else would run unchecked. */
export const knownElement: RuleFactory = () => ({
  check(node, reporter) {
    if (node.$type !== 'bpmn:Definitions') return
    for (const element of graphOf(node).elements) {
      const isForeign =
        element.kind === 'foreign' || (element.kind === 'boundary' && element.trigger.kind === 'foreign')
      if (isForeign) reporter.report(element.id || idOf(node), 'この種類の要素は使えません。')
    }
  },
})
