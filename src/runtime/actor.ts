import type { TaskUser } from './human-context.ts'

/** The actor of an audit event. */
export const actorOf = (user: TaskUser) => ({ userId: user.userId, name: user.login, terminal: user.terminal })
