const VOWEL = '[aiueo]'
const SYLLABLE = [
  `(?:ky|sh|ch|ny|hy|my|ry|gy|j|by|py)[auo]`,
  'shi|chi|tsu|fu|ji',
  `[kgnmrbph]${VOWEL}`,
  's[aueo]|z[aueo]|t[aeo]|d[aeo]|y[auo]|wa',
  VOWEL,
  `n(?!${VOWEL}|y)`,
].join('|')
const WORD = new RegExp(`^(?:(?:kk|ss|tt|pp|tc)(?=[a-z])|${SYLLABLE})+$`)

/**
 * True when a word could be Japanese in Hepburn letters: nothing but Japanese syllables, four letters or more. Some English
 * words are, too (`name`, `route`): they are listed.
 */
export const looksJapanese = (word: string): boolean =>
  word.length >= 4 && /[aiueo]/.test(word) && WORD.test(collapse(word))

/** Doubled consonants to one: `tokkyu` has the same syllables as `tokyu`. */
const collapse = (word: string): string => word.replaceAll(/(k|s|t|p)\1/g, '$1').replaceAll('tch', 'ch')

/** The lower-case words of identifiers and file names: `unpaidYen` → unpaid, yen; `001-identify-delinquents` → identify, delinquents. */
export const wordsOf = (text: string): string[] =>
  text
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
