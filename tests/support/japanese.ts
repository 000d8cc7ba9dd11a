/** Whether a text has Japanese in it: a name that an official reads, not one of our identifiers. */
export const isJapanese = (text: string): boolean => /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text)
