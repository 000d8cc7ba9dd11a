import { childOf, childrenOf, idOf, textOf } from '../moddle.ts'
import type { RuleFactory } from './rule.ts'

/** Every gateway that splits has a default way, every other way its condition, and every way its name. */
export const defaultFlow: RuleFactory = () => ({
  check(node, reporter) {
    if (node.$type !== 'bpmn:ExclusiveGateway') return
    const ways = childrenOf(node, 'outgoing')
    if (ways.length < 2) return
    const otherwise = childOf(node, 'default')
    if (!otherwise) reporter.report(idOf(node), '条件がどれも合わないときの道(既定)がありません。')
    for (const way of ways) {
      const condition = childOf(way, 'conditionExpression')
      if (way === otherwise && condition) reporter.report(idOf(way), '既定の道に条件は書けません。')
      if (way !== otherwise && !condition) reporter.report(idOf(way), '分かれ道の条件がありません。')
      if (!textOf(way, 'name')) reporter.report(idOf(way), '分かれ道の名前がありません。')
    }
  },
})
