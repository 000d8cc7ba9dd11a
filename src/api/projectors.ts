import type { Clock } from '#kernel/clock.ts'
import { bindingProjector } from '#engine/binding.ts'
import type { Projector } from '#engine/projector.ts'
import { FLOW_CONTRACTS } from '#processes/contracts.generated.ts'
import type { Registry } from '#runtime/registry.ts'
import { tasksProjector } from '#tasklist/projector.ts'
import { runEndNotices } from '#tasklist/run-end-notices.ts'
import { traceProjector } from '#trace/projector.ts'
import { endNameOf } from '#trace/queries/end-event.ts'

/** Timers of the models that warn of a deadline, by process and element. */
const DEADLINES = new Map(
  Object.values(FLOW_CONTRACTS).flatMap(({ models }) =>
    models.flatMap(({ processId, deadlines: found }) =>
      Object.entries<{ readonly step: string }>(found).map(([element, { step }]) => [`${processId}/${element}`, step]),
    ),
  ),
)

/** Who takes the engine's records, in this order. */
export function officeProjectors(clock: Clock, registry: Registry): readonly Projector[] {
  const nameOf = (stepId: string): string =>
    registry.flowOfStep(stepId).steps.find(({ id }) => id === stepId)?.officialName ?? stepId
  const deadlineOf = (processId: string, elementId: string): string | null =>
    DEADLINES.get(`${processId}/${elementId}`) ?? null
  return [
    bindingProjector(clock, endNameOf),
    traceProjector,
    tasksProjector(clock, nameOf, deadlineOf),
    runEndNotices(clock),
  ]
}
