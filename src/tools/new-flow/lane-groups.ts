/** Candidate groups of a lane: who may do its human steps. One section may work several. */
const GROUPS: readonly (readonly [part: string, group: string])[] = [
  ['後期高齢担当課', 'koki'],
  ['滞納整理部署', 'taino'],
  ['収納', 'shuno'],
  ['会計', 'kaikei'],
]

/** The groups of a lane. Throws for a lane that is not the municipality's: nobody there works our tasks. */
export function groupsOf(lane: string): readonly string[] {
  const groups = GROUPS.flatMap(([part, group]) => (lane.includes(part) ? [group] : []))
  if (groups.length === 0) throw new Error(`no candidate group works in the lane ${lane}`)
  return groups
}
