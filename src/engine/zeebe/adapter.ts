import type { EngineLog } from '../log.ts'
import type { DeployedModel, EnginePort, Outcome, Variables } from '../port.ts'
import { openCommands } from './commands.ts'
import { openGateway } from './gateway.ts'
import { openWorker } from './worker.ts'

const DEPLOY_MS = 60_000
const PROBE_MS = 3_000
/** The last key of partition 1: no instance has it, so a leader that takes commands answers "not found". */
const NO_INSTANCE = '4503599627370495'

interface WireDeployment {
  readonly deployments: readonly {
    readonly process?: {
      readonly bpmnProcessId: string
      readonly version: number
      readonly processDefinitionKey: string
    } | null
  }[]
}

/** For how long a job is a worker's before the engine gives it to another, unless the worker asks for more. */
const JOB_TIMEOUT_MS = 60_000

/** Connects to a Zeebe gateway (`host:port`). `jobTimeoutMs` is shorter in fault tests only. */
export function connectZeebe(address: string, log: EngineLog, jobTimeoutMs = JOB_TIMEOUT_MS): EnginePort {
  const commands = openCommands(address)
  const gateway = openGateway(address)
  const done = async (outcome: Promise<Outcome<unknown>>): Promise<Outcome> => mapped(await outcome, () => null)
  const json = (variables: Variables): Record<string, never> => variables as Record<string, never> // the library's JSON type

  const port: EnginePort = {
    publishStart: (messageName, runId, variables) =>
      port.publishMessage({ name: messageName, correlationKey: runId, messageId: runId, ttlMs: 0, variables }),
    publishMessage: ({ name, correlationKey, messageId, ttlMs, variables }) =>
      done(
        commands.send('once', (client) =>
          client.publishMessage({
            name,
            correlationKey,
            messageId,
            timeToLive: ttlMs,
            variables: json(variables),
          }),
        ),
      ),
    completeJob: (jobKey, variables) =>
      done(commands.send('repeatable', (client) => client.completeJob({ jobKey, variables: json(variables) }))),
    failJob: (jobKey, retries, retryBackOff, errorMessage) =>
      done(commands.send('repeatable', (client) => client.failJob({ jobKey, retries, retryBackOff, errorMessage }))),
    throwError: (jobKey, errorCode, errorMessage) =>
      done(commands.send('repeatable', (client) => client.throwError({ jobKey, errorCode, errorMessage }))),
    updateRetries: (jobKey, retries) =>
      done(commands.send('repeatable', (client) => client.updateJobRetries({ jobKey, retries }))),
    cancelInstance: (key) => done(commands.send('repeatable', (client) => client.cancelProcessInstance(key))),
    createWithStart: async (bpmnProcessId, variables, elementIds) =>
      mapped(
        await commands.send('once', (client) =>
          client.createProcessInstance({
            bpmnProcessId,
            variables: json(variables),
            startInstructions: elementIds.map((elementId) => ({ elementId })),
          }),
        ),
        ({ processInstanceKey }) => processInstanceKey,
      ),
    setVariables: (elementInstanceKey, variables, local) =>
      done(
        commands.send('repeatable', (client) =>
          client.setVariables({ elementInstanceKey, variables: json(variables), local }),
        ),
      ),
    resolveIncident: (incidentKey) =>
      done(commands.send('repeatable', (client) => client.resolveIncident({ incidentKey }))),
    deploy: async (resources) => {
      const request = { resources: resources.map(({ name, xml }) => ({ name, content: Buffer.from(xml, 'utf8') })) }
      return mapped(await gateway.call<WireDeployment>('DeployResource', request, DEPLOY_MS), deployedModels)
    },
    async probe() {
      const outcome = await commands.send('once', (client) => client.cancelProcessInstance(NO_INSTANCE), PROBE_MS)
      return outcome.kind === 'notFound' ? { kind: 'done', value: null } : mapped(outcome, () => null)
    },
    topology: async () =>
      mapped(await commands.send('repeatable', (client) => client.topology()), (found) => ({
        version: found.gatewayVersion,
        partitions: found.partitionsCount,
        brokers: found.clusterSize,
      })),
    openWorker: (options) => openWorker({ commands, gateway, settle: port, log, jobTimeoutMs }, options),
    async close() {
      gateway.close()
      await commands.close()
    },
  }
  return port
}

const mapped = <T, U>(outcome: Outcome<T>, change: (value: T) => U): Outcome<U> =>
  outcome.kind === 'done' ? { kind: 'done', value: change(outcome.value) } : outcome

const deployedModels = ({ deployments }: WireDeployment): readonly DeployedModel[] =>
  deployments.flatMap(({ process }) =>
    process == null
      ? []
      : [
          {
            processId: process.bpmnProcessId,
            engineVersion: process.version,
            definitionKey: process.processDefinitionKey,
          },
        ],
  )
