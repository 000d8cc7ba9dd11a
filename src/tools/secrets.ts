import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** A random password of 192 bits, safe in URLs and SQL. */
export const randomSecret = (): string => randomBytes(24).toString('base64url')

/** Reads a JSON file of secrets; null when there is none. */
export function readSecrets<K extends string>(file: string, keys: readonly K[]): Record<K, string> | null {
  if (!existsSync(file)) return null
  const stored = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  return Object.fromEntries(keys.map((key) => [key, stored[key] ?? ''])) as Record<K, string>
}

/** Writes a file that only its owner may read (mode 0600), whole or not at all. */
export function writePrivate(file: string, text: string): void {
  const part = `${file}.${process.pid}`
  writeFileSync(part, text, { mode: 0o600 })
  renameSync(part, file)
}
