/** 町域 by 郵便番号: what a municipality has taken over from a table of postal codes. */
export type Towns = ReadonlyMap<string, readonly string[]>

/** 「(一丁目~三丁目)」, 「(その他)」: which part of a 町域 a postal code stands for, not a part of the address. */
const withoutScope = (town: string): string => town.replace(/[(\uFF08].*$/su, '')
/** Not a name but the words of a table for "everything else". */
const REST = '以下に掲載がない場合'

/** Letters that addresses and tables write both ways. */
const spelling = (char: string): string =>
  'ヶケが'.includes(char)
    ? '[ヶケが]'
    : 'のノ之'.includes(char)
      ? '[のノ之]'
      : char.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * 町域の後の住所: what of an address comes after the 町域 of its 郵便番号, as the カスタマバーコード wants it: 「見本市三番町12」 with 三番町 →
 * 「12」. Without a 町域 of the postal code in the address the whole address. Of several the longest, where it first stands.
 * A 丁目 that belongs to the 町域's name in the table stays in the address: the barcode wants it.
 */
export function addressAfterTown(postalCode: string, address: string, towns: Towns): string {
  const names = (towns.get(postalCode) ?? [])
    .map(withoutScope)
    .filter((name) => name !== '' && name !== REST)
    .map((name) => name.replace(/[〇一二三四五六七八九十]+丁目$/u, ''))
    .toSorted((a, b) => b.length - a.length)
  for (const name of names) {
    const found = new RegExp(Array.from(name, spelling).join(''), 'u').exec(address)
    if (found !== null) return address.slice(found.index + found[0].length)
  }
  return address
}
