import { err, ok, type Result } from '#kernel/result.ts'
import { DASHES, LARGE_KANA, toKatakana } from '../names/kana.ts'

/** 書けない文字: what has no form in the file, and where it stands in the text as it was given (first = 1, by character). */
export interface UnwritableCharacter {
  readonly char: string
  readonly place: number
}

const WIDE = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン'
const NARROW = 'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ'
const NARROW_OF: ReadonlyMap<string, string> = new Map(Array.from(WIDE, (char, at) => [char, NARROW.charAt(at)]))

type Mark = 'ﾞ' | 'ﾟ'
/** 濁点, 半濁点 as they stand alone: combining, full width, half width. */
const MARKS: ReadonlyMap<string, Mark> = new Map([
  ['\u3099', 'ﾞ'],
  ['\u309B', 'ﾞ'],
  ['\uFF9E', 'ﾞ'],
  ['\u309A', 'ﾟ'],
  ['\u309C', 'ﾟ'],
  ['\uFF9F', 'ﾟ'],
])
const CARRIES: Readonly<Record<Mark, string>> = { ﾞ: 'ｳｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎ', ﾟ: 'ﾊﾋﾌﾍﾎ' }
/** 全角・半角形 and 全角空白: only these are folded; ① or ㈱ is no digit and no kana. */
const FORMS = /^[\u3000\uFF01-\uFFEF]$/
const PLAIN = /^[0-9A-Z().\- ]$/

/**
 * 全銀の文字: capital kana without small ones, 濁点 as a character of its own, digits, capital letters, space, `( ) - .`; all half
 * width, one byte each [source: rules §4.3 (PCA「全銀協使用可能文字」, jinjer)]. Hiragana, small kana, small letters, full width and
 * long marks are converted; ヲ, kanji and every other sign are refused and listed, never left out.
 * 「キュウヨ」 → 「ｷﾕｳﾖ」, 「ヴ」 → 「ｳﾞ」.
 */
export function toZenginKana(text: string): Result<string, readonly UnwritableCharacter[]> {
  let written = ''
  const unwritable: UnwritableCharacter[] = []
  for (const [index, char] of Array.from(text).entries()) {
    const next = writeCharacter(char, written)
    if (next === null) unwritable.push({ char, place: index + 1 })
    else written += next
  }
  return unwritable.length > 0 ? err(unwritable) : ok(written)
}

/** The character as it is written after `before`; null when it cannot be. */
function writeCharacter(char: string, before: string): string | null {
  const mark = MARKS.get(char)
  if (mark) return canFollow(mark, before) ? mark : null
  const wide = FORMS.test(char) ? char.normalize('NFKC') : char
  // NFD: a 濁点 stands alone
  const [first = '', ...rest] = toKatakana(wide).toUpperCase().replaceAll(DASHES, '-').normalize('NFD')
  if (rest.length > 1) return null
  const kana = NARROW_OF.get(LARGE_KANA[first] ?? first) ?? (PLAIN.test(first) ? first : null)
  if (kana === null || rest[0] === undefined) return kana
  const voicing = MARKS.get(rest[0])
  return voicing !== undefined && canFollow(voicing, kana) ? kana + voicing : null
}

const canFollow = (mark: Mark, before: string): boolean => before !== '' && CARRIES[mark].includes(before.at(-1) ?? '')
