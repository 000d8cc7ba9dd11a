import type { Diagram } from './diagram.ts'
import type { OfficialFlow } from './flow-tables.ts'
import { layOut } from './layout.ts'
import { outlineOf } from './outline.ts'

/** The drawn skeleton of an official flow. */
export const skeletonOf = (official: OfficialFlow): Diagram =>
  layOut(outlineOf(official), official.flow, official.title)
