/** Where the engine's machinery writes what an administrator should know. Never variables, never personal data. */
export interface EngineLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void
  warn(fields: Readonly<Record<string, unknown>>, message: string): void
  error(fields: Readonly<Record<string, unknown>>, message: string): void
}

interface SqlError extends Error {
  readonly code: string
  readonly severity: string
  readonly table?: string
  readonly constraint?: string
}
const isSqlError = (error: Error): error is SqlError => 'severity' in error && 'code' in error

/**
 * The text of whatever was thrown, without its stack. Of an error of the database only its code and what it is about:
 * its own words quote rows, and rows are persons.
 */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (!isSqlError(error)) return error.message
  return ['SQL', error.code, error.table, error.constraint].filter((word) => word !== undefined).join(' ')
}
