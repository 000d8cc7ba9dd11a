import type { Check } from './check.ts'
import { deadCode } from './dead-code.ts'
import { drift } from './drift.ts'
import { folders } from './folders.ts'
import { format } from './format.ts'
import { glossary } from './glossary.ts'
import { lint } from './lint.ts'
import { lock } from './lock.ts'
import { types } from './types.ts'

/** Everything that is checked without running the product, in the order of what a developer fixes first. */
export const CHECKS: readonly Check[] = [types, lint, folders, drift, glossary, format, deadCode, lock]
