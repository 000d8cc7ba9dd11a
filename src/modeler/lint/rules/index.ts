import { clearDrawing } from './clear-drawing.ts'
import { completeDrawing } from './complete-drawing.ts'
import { defaultFlow } from './default-flow.ts'
import { houseNames } from './house-names.ts'
import { jobUserTask } from './job-user-task.ts'
import { knownElement } from './known-element.ts'
import { noInterruptingDeadline } from './no-interrupting-deadline.ts'
import { noSentMessage } from './no-sent-message.ts'
import type { RuleFactory } from './rule.ts'
import { serviceStep } from './service-step.ts'
import { writtenWays } from './written-ways.ts'

/** The house rules, by the name they bear in reports: `koki/job-user-task` … */
export const HOUSE_RULES: Readonly<Record<string, RuleFactory>> = {
  'clear-drawing': clearDrawing,
  'complete-drawing': completeDrawing,
  'default-flow': defaultFlow,
  'house-names': houseNames,
  'job-user-task': jobUserTask,
  'known-element': knownElement,
  'no-interrupting-deadline': noInterruptingDeadline,
  'no-sent-message': noSentMessage,
  'service-step': serviceStep,
  'written-ways': writtenWays,
}

/** bpmnlint's recommendations and the engine's limits, with the three exceptions of the house, and our own rules. */
export const LINT_CONFIG = {
  extends: ['bpmnlint:recommended', 'plugin:camunda-compat/camunda-cloud-8-5'],
  rules: {
    // a step is entered from several ways: forwards and, after 確認, back
    'fake-join': 'off',
    // `zeebe:userTask` is what it asks for, and what the house forbids
    'camunda-compat/zeebe-user-task': 'off',
    // knows no pools whose lanes hold papers; `koki/clear-drawing` says more
    'no-overlapping-elements': 'off',
    ...Object.fromEntries(Object.keys(HOUSE_RULES).map((name) => [`koki/${name}`, 'error'])),
  },
}
