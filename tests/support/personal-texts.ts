import type { Sql } from '#db/database.ts'

/** Shorter ones stand in words that are nobody's. */
const SHORTEST = 4

/** Every text about a person that the database holds, as it was registered: names, kana, addresses, telephone, accounts. */
export async function personalTexts(db: Sql): Promise<readonly string[]> {
  const found = await db.rows<{ text: string }>(
    `select distinct text from (
       select unnest(array[name, kana, address, address_detail, phone]) as text from person_versions
       union all select unnest(array[name, address, address_detail]) from delivery_addresses
       union all select unnest(array[opponent_name, opponent_address]) from protections
       union all select holder_kana from bank_accounts
       union all select atena_no from persons) every where length(text) >= $1`,
    [SHORTEST],
  )
  return found.map(({ text }) => text)
}

/** Where one of the texts stands, in words that hold none of them: 「broker.log: 第12項」. */
export const placesOf = (texts: readonly string[], places: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(places).flatMap(([place, content]) =>
    texts.flatMap((text, n) => (content.includes(text) ? [`${place}: 第${n}項`] : [])),
  )
