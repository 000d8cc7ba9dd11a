import { expect, it } from 'vitest'
import { FLOW_CONTRACTS } from '#processes/contracts.generated.ts'
import { RunDateVariables } from '#workers/5-2-tokusoku/data/dates.ts'

it('5.2: a run starts with the variables that its model counts on', () => {
  // runId comes from the runtime, the dates from the flow's plan
  const [model] = FLOW_CONTRACTS['5-2-tokusoku'].models
  expect([...model.startVariables].toSorted()).toEqual(['runId', ...Object.keys(RunDateVariables)].toSorted())
})
