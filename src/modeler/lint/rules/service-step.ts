import { extensionOf, idOf, textOf } from '../moddle.ts'
import type { RuleFactory } from './rule.ts'

const STEP_ID = /^\d+-\d+-[a-z-]+\/(?:\d{3}|e\d+)-[a-z0-9-]+(?:@\d+)?$/

/** The job type of a service task is the path of its step's file below `workers/`. */
export const serviceStep: RuleFactory = () => ({
  check(node, reporter) {
    if (node.$type !== 'bpmn:ServiceTask') return
    const definition = extensionOf(node, 'zeebe:TaskDefinition')
    if (!STEP_ID.test((definition && textOf(definition, 'type')) ?? ''))
      reporter.report(idOf(node), 'ジョブの種類を工程の番号にしてください(例: 5-2-tokusoku/001-identify-delinquents)。')
  },
})
