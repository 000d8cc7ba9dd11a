/** Where the engine's machinery writes what an administrator should know. Never variables, never personal data. */
export interface EngineLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void
  warn(fields: Readonly<Record<string, unknown>>, message: string): void
  error(fields: Readonly<Record<string, unknown>>, message: string): void
}

/** The text of whatever was thrown, without its stack. */
export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error))
