/**
 * 抑止の有無 as SQL: a measure with 開始日 ≤ day and no 解除日 ≤ day. 満了予定日 plays no part: passed and not released protects
 * like before. Read from the tables inside the transaction that reads or prints; never cached. Sheet 1.1 §2.1.
 * `personId` and `day` are SQL of our source.
 */
export const protectedOn = (personId: string, day: string): string =>
  `exists (select from protections protection where protection.person_id = ${personId}
     and protection.superseded_at is null and protection.starts_on <= ${day}
     and (protection.released_on is null or protection.released_on > ${day}))`
