import { laneOf, receiverOf, taskKindOf } from '../contract/step-rows.ts'
import { branchesOf } from './branches.ts'
import type { FlowRow, OfficialFlow } from './flow-tables.ts'
import { groupsOf } from './lane-groups.ts'

/** What stands in a flow and how it hangs together, before anything has a place. */
export interface Outline {
  readonly nodes: readonly OutlineNode[]
  readonly ways: readonly Way[]
  readonly papers: readonly {
    readonly id: string
    readonly from: string
    readonly lane: string
    readonly name: string
  }[]
  readonly startVariables: readonly string[]
}

export type OutlineNode = {
  readonly id: string
  readonly name: string
  readonly lane: string
} & (
  | { readonly kind: 'start' | 'end' | 'gateway' }
  | { readonly kind: 'timer'; readonly until: string }
  | { readonly kind: 'wait'; readonly message: string }
  | { readonly kind: 'service'; readonly step: string }
  | { readonly kind: 'user'; readonly step: string; readonly groups: readonly string[] }
)

export interface Way {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly name?: string
  readonly condition?: string
  readonly isDefault?: boolean
}

/** The skeleton of an official flow: steps in their order, waits for what comes from outside, ways back after 確認. */
export function outlineOf({ flow, title, rows }: OfficialFlow): Outline {
  const steps = rows.filter((row) => isNumbered(row))
  const [first, last] = [steps[0], steps.at(-1)]
  if (!first || !last) throw new Error(`${flow} has no numbered step`)
  const inside = rows
    .slice(0, rows.indexOf(last) + 1)
    .filter((row) => standsInside(row, rows.indexOf(row) < rows.indexOf(first)))
  const drawn = inside.map((row) => ({ row, node: nodeOf(flow, row, steps), branches: branchesOf(row, steps) }))
  const end: OutlineNode = { id: 'End', kind: 'end', name: '終了', lane: laneOf(last) }
  const short = title.replace(/^\S+ /, '')
  const start: OutlineNode = {
    id: 'Start',
    kind: 'start',
    name: `${short}の開始`,
    lane: drawn[0]?.node.lane ?? end.lane,
  }
  const chain = [
    start,
    ...drawn.flatMap(({ node, branches }) => [node, ...(branches.length > 0 ? [gatewayAfter(node)] : [])]),
    end,
  ]
  return {
    nodes: chain,
    ways: chain.flatMap((node, index) => waysFrom(node, chain[index + 1], drawn)),
    papers: papersOf(rows, drawn),
    startVariables: ['runId', ...drawn.flatMap(({ node }) => (node.kind === 'timer' ? [node.until] : []))],
  }
}

interface DrawnRow {
  readonly row: FlowRow
  readonly node: OutlineNode
  readonly branches: ReturnType<typeof branchesOf>
}

const isNumbered = (row: FlowRow): boolean => /^\d{3}$/.test(row.no)

/** What happens before the first step starts the run; a point in time stands in the flow all the same. */
const standsInside = (row: FlowRow, isBefore: boolean): boolean => !isBefore || isNumbered(row) || row.kind === '—'

const elementId = (row: FlowRow): string => (isNumbered(row) ? `Step_${row.no}` : row.no)
const gatewayAfter = (node: OutlineNode): OutlineNode => ({
  id: node.id.replace('Step_', 'G'),
  kind: 'gateway',
  name: '結果は?',
  lane: node.lane,
})

function nodeOf(flow: string, row: FlowRow, steps: readonly FlowRow[]): OutlineNode {
  const common = { id: elementId(row), name: row.name }
  if (row.slug === '') {
    const lane = laneOf(steps.find((step) => step.no > '000') ?? row)
    if (row.kind === '—') return { ...common, lane, kind: 'timer', until: `${row.no.toLowerCase()}At` }
    return { ...common, lane, kind: 'wait', message: `${flow}/${row.no.toLowerCase()}` }
  }
  const placed = { ...common, lane: laneOf(row), step: `${flow}/${row.slug}` }
  return taskKindOf(row) === 'service'
    ? { ...placed, kind: 'service' }
    : { ...placed, kind: 'user', groups: groupsOf(placed.lane) }
}

/** Straight on, or from a gateway: on with `ok`, back by default, and its other branches. */
function waysFrom(node: OutlineNode, next: OutlineNode | undefined, drawn: readonly DrawnRow[]): readonly Way[] {
  if (!next) return []
  if (node.kind !== 'gateway') return [{ id: `Flow_${node.id}_${next.id}`, from: node.id, to: next.id }]
  const branches = drawn.find((one) => gatewayAfter(one.node).id === node.id)?.branches ?? []
  const hasRedo = branches.some((branch) => branch.value === 'redo')
  const on = { id: `${node.id}_Ok`, from: node.id, to: next.id, name: '進める' }
  return [
    hasRedo ? { ...on, condition: 'decision = "ok"' } : { ...on, isDefault: true },
    ...branches.map((branch) => ({
      id: `${node.id}_${branch.value[0]?.toUpperCase()}${branch.value.slice(1)}`,
      from: node.id,
      to: branch.to === null ? 'End' : `Step_${branch.to}`,
      name: branch.name,
      ...(branch.value === 'redo' ? { isDefault: true } : { condition: `decision = "${branch.value}"` }),
    })),
  ]
}

const HANDED_OVER = /^(送付|発送|引渡し|確認済み|照合|配当)/

/** Letters and files that leave: the first thing a step gives, or, where it only hands over, the step before it. */
function papersOf(rows: readonly FlowRow[], drawn: readonly DrawnRow[]): Outline['papers'] {
  return drawn.flatMap(({ row, node }) => {
    const lane = receiverOf(row)
    if (lane === null || row.slug === '') return []
    const before = rows[rows.indexOf(row) - 1]
    const given = HANDED_OVER.test(row.output) || row.output === '' ? (before?.output ?? '') : row.output
    const name = given.split(/[,、(→/]/)[0]?.trim() ?? ''
    return name === '' ? [] : [{ id: `Paper_${row.no}`, from: node.id, lane, name }]
  })
}
