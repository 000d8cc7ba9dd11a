import { checkDecisions } from './check-decisions.ts'
import { checkPaths } from './check-paths.ts'
import { checkRefusals } from './check-refusals.ts'
import { checkSteps } from './check-steps.ts'
import type { Finding } from './finding.ts'
import type { FlowModel } from './model.ts'
import type { StepsById } from './step-facts.ts'

/** All that a model promises its steps, and they it. Pure: for generators, tests, the deploy and the modeler alike. */
export const checkFlow = (model: FlowModel, steps: StepsById): readonly Finding[] =>
  [checkSteps, checkPaths, checkDecisions, checkRefusals].flatMap((check) => check(model, steps))
