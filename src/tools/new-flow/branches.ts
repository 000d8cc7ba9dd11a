import type { FlowRow } from './flow-tables.ts'
import { taskKindOf } from '../contract/step-rows.ts'

/** A way out of a decision, other than the one straight on. */
export interface Branch {
  /** Value of `decision` that takes it. */
  readonly value: string
  readonly name: string
  /** Number of the step it leads to, or null for the end. */
  readonly to: string | null
}

const PART = /[,、]| \/ /
const NO = /^\d{3}(?!\d)/

/**
 * The branches of a human step as its row writes them: 「NG→010」 goes back as `redo`, 「猶予→009」 on as `to009`,
 * 「該当なし→終了」 to the end. A 確認 without a written way back gets one to the 自動 step before it.
 */
export function branchesOf(row: FlowRow, rows: readonly FlowRow[]): readonly Branch[] {
  if (taskKindOf(row) !== 'user') return []
  const at = rows.indexOf(row)
  const written = row.branch.split(PART).flatMap((part) => readBranch(part, row, rows))
  const hasBack = written.some((branch) => branch.value === 'redo')
  const isDecided = /確認|判断/.test(row.kind) && (row.kind.includes('確認') || written.length > 0)
  const before = rows.slice(0, at).filter((one) => NO.test(one.no))
  const back = before.findLast((one) => one.kind.includes('自動')) ?? before.at(-1)
  if (!isDecided || hasBack || !back) return written
  return [{ value: 'redo', name: 'やり直す', to: back.no }, ...written]
}

function readBranch(part: string, row: FlowRow, rows: readonly FlowRow[]): readonly Branch[] {
  const pieces = part.split('→').map((piece) => piece.trim())
  const target = pieces.slice(1).findLast((piece) => NO.test(piece) || piece === '終了')
  if (target === undefined) return []
  const name = pieces[0]?.replaceAll(/\(.*?\)/g, '') ?? ''
  if (target === '終了') return [{ value: 'end', name, to: null }]
  const no = target.slice(0, 3)
  const [here, there] = [indexOf(rows, row.no), indexOf(rows, no)]
  if (there < 0 || there === here || there === here + 1) return []
  const isBack = there < here && /NG|誤り|エラー|不備|不一致|引抜き|不能/.test(name)
  return [isBack ? { value: 'redo', name: 'やり直す', to: no } : { value: `to${no}`, name, to: no }]
}

const indexOf = (rows: readonly FlowRow[], no: string): number =>
  rows.filter((row) => NO.test(row.no)).findIndex((row) => row.no === no)
