import { FLOW_CONTRACTS } from '#processes/contracts.generated.ts'

interface Model {
  readonly processId: string
  readonly elements: Readonly<Record<string, string>>
}
interface Contract {
  readonly name: string
  readonly isInternal: boolean
  readonly models: readonly Model[]
}
const CONTRACTS: Readonly<Record<string, Contract>> = FLOW_CONTRACTS

/** 「督促・滞納者確認」 of an element of a process; null where the shipped model does not know it. */
export const knownElementName = (processId: string, elementId: string): string | null => {
  for (const { models } of Object.values(CONTRACTS))
    for (const model of models) if (model.processId === processId) return model.elements[elementId] ?? null
  return null
}

/** The same; its id where the shipped model does not know it. */
export const elementName = (processId: string, elementId: string): string =>
  knownElementName(processId, elementId) ?? elementId

/** The flow that a process belongs to, or null. */
export const flowOfProcess = (processId: string): string | null =>
  Object.entries(CONTRACTS).find(([, { models }]) => models.some((model) => model.processId === processId))?.[0] ?? null

/** Flows that people see: not the ones that only try the system itself. */
export const isShown = (flow: string): boolean => CONTRACTS[flow]?.isInternal === false
