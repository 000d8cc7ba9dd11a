/**
 * What we need of a process engine. Keys are decimal texts (64-bit numbers do not fit a JavaScript number);
 * variables are JSON values that carry ids, dates, counts and decisions only.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type Variables = Readonly<Record<string, Json>>

/**
 * The outcome of a command. Nothing is thrown for what an engine may answer.
 * - done: the engine has said yes
 * - notFound: no such job, instance or incident (any more)
 * - alreadyExists: a message with this id is still buffered
 * - failedPrecondition: the job has failed, waits in back-off or has an incident
 * - invalid: the request is wrong and will stay wrong
 * - backpressure: the engine cannot take it now (too much at once, a change of leader, not there): nothing happened
 * - unknown: no answer in time or the connection broke: it may or may not have happened
 */
export type Outcome<T = null> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'notFound' | 'alreadyExists' | 'failedPrecondition' | 'invalid'; readonly message: string }
  | { readonly kind: 'backpressure' | 'unknown'; readonly message: string }

export interface MessageToPublish {
  readonly name: string
  readonly correlationKey: string
  readonly messageId: string
  /** Milliseconds the engine keeps it when nobody waits for it; 0 = not at all. */
  readonly ttlMs: number
  readonly variables: Variables
}

export interface DeployedModel {
  readonly processId: string
  readonly engineVersion: number
  readonly definitionKey: string
}

/** A job that was handed out to us. `deadline` is milliseconds since 1970 by the engine's clock. */
export interface EngineJob {
  readonly key: string
  readonly type: string
  readonly elementInstanceKey: string
  readonly processInstanceKey: string
  readonly elementId: string
  readonly variables: Variables
  readonly retries: number
  readonly deadline: number
  readonly customHeaders: Readonly<Record<string, string>>
}

export interface WorkerOptions {
  readonly type: string
  /** Names of the step's inputs. Only these are fetched, else a closed schema would refuse every job. */
  readonly fetchVariables: readonly string[]
  /** Jobs in hand at the same time. */
  readonly capacity: number
  /** Settles the job itself (outbox or `failJob`); when it throws, the job is failed with one retry less. */
  readonly handle: (job: EngineJob) => Promise<void>
}

export interface EngineWorker {
  /** Takes no new job and waits until those in hand have ended. */
  stop(): Promise<void>
}

export interface EnginePort {
  /** Message `<flow>/start` with correlation key = message id = run id, time-to-live 0. */
  publishStart(messageName: string, runId: string, variables: Variables): Promise<Outcome>
  publishMessage(message: MessageToPublish): Promise<Outcome>
  completeJob(jobKey: string, variables: Variables): Promise<Outcome>
  /** `retries` 0 makes an incident. */
  failJob(jobKey: string, retries: number, backoffMs: number, message: string): Promise<Outcome>
  throwError(jobKey: string, code: string, message: string): Promise<Outcome>
  updateRetries(jobKey: string, retries: number): Promise<Outcome>
  cancelInstance(processInstanceKey: string): Promise<Outcome>
  /** Starts the newest version at the named elements (rebuild); answers the process instance key. */
  createWithStart(processId: string, variables: Variables, elementIds: readonly string[]): Promise<Outcome<string>>
  setVariables(elementInstanceKey: string, variables: Variables, isLocal: boolean): Promise<Outcome>
  resolveIncident(incidentKey: string): Promise<Outcome>
  /** All or nothing. The same text as the newest version makes no new version. */
  deploy(
    resources: readonly { readonly name: string; readonly xml: string }[],
  ): Promise<Outcome<readonly DeployedModel[]>>
  /** Done when the engine really takes commands (a health page says so too early). */
  probe(): Promise<Outcome>
  topology(): Promise<Outcome<{ readonly version: string; readonly partitions: number; readonly brokers: number }>>
  openWorker(options: WorkerOptions): EngineWorker
  close(): Promise<void>
}

/** Jobs of user tasks. Nobody may ever take them: they are completed by key (engine port `completeJob`). */
export const USER_TASK_JOB_TYPE = 'io.camunda.zeebe:userTask'
