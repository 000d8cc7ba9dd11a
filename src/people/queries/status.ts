/** 資格の状態 on a day as SQL: 死亡 · 転出 · 資格あり · 喪失. `v` is the person's version, `n` the insured row. */
export const insuredStatus = (day: string): string => `case
  when v.died_on <= ${day} then '死亡'
  when v.moved_out_on <= ${day} then '転出'
  when exists (select from insured_periods q where q.insured_id = n.id and q.superseded_at is null
    and q.acquired_on <= ${day} and (q.lost_on is null or q.lost_on > ${day})) then '資格あり'
  else '喪失' end`

/** 宛名の版 on a day as SQL: what the office knows now of that day. */
export const versionOn = (day: string): string =>
  `v.superseded_at is null and v.valid_from <= ${day} and (v.valid_to is null or ${day} <= v.valid_to)`
