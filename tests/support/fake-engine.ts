import type { EnginePort, Outcome } from '#engine/port.ts'

export interface SentCommand {
  readonly name: string
  readonly args: readonly unknown[]
}

/** An engine that answers what the test tells it to, and remembers what it was asked. For odd cases only. */
export interface FakeEngine {
  readonly port: EnginePort
  readonly sent: SentCommand[]
  /** Answers of the next commands, in order; after them `done`. */
  answer(...outcomes: Outcome<never>[]): void
  /** Called before each answer. */
  onCommand: (command: SentCommand) => Promise<void> | void
}

const DONE: Outcome = { kind: 'done', value: null }

export function fakeEngine(): FakeEngine {
  const answers: Outcome<never>[] = []
  const fake: FakeEngine = {
    sent: [],
    answer: (...outcomes) => void answers.push(...outcomes),
    onCommand: () => undefined,
    port: {} as EnginePort, // filled below
  }
  const command =
    <T>(name: string, done: (args: readonly unknown[]) => Outcome<T>) =>
    async (...args: readonly unknown[]): Promise<Outcome<T>> => {
      const sent = { name, args }
      fake.sent.push(sent)
      await fake.onCommand(sent)
      return answers.shift() ?? done(args)
    }
  const plain = (name: string) => command(name, () => DONE)
  const port: EnginePort = {
    publishStart: plain('publishStart'),
    publishMessage: plain('publishMessage'),
    completeJob: plain('completeJob'),
    failJob: plain('failJob'),
    throwError: plain('throwError'),
    updateRetries: plain('updateRetries'),
    cancelInstance: plain('cancelInstance'),
    setVariables: plain('setVariables'),
    resolveIncident: plain('resolveIncident'),
    probe: plain('probe'),
    createWithStart: command('createWithStart', () => ({ kind: 'done', value: '1' })),
    topology: command('topology', () => ({ kind: 'done', value: { version: 'fake', partitions: 1, brokers: 1 } })),
    deploy: command('deploy', ([resources]) => ({
      kind: 'done',
      value: (resources as readonly { readonly name: string }[]).map(({ name }, at) => ({
        processId: name.replace('.bpmn', ''),
        engineVersion: 1,
        definitionKey: String(1_000 + at),
      })),
    })),
    openWorker: () => ({ stop: async () => undefined }),
    close: async () => undefined,
  }
  return Object.assign(fake, { port })
}
