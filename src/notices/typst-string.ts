/**
 * Any text as a Typst string literal: the only road of a value into a document. Quote and backslash are escaped, control
 * characters and line separators become `\u{…}`, an unpaired surrogate becomes U+FFFD: a name can never become markup.
 */
export const typstString = (text: string): string =>
  `"${text
    .toWellFormed()
    .replaceAll(/["\\]/g, (char) => `\\${char}`)
    // oxlint-disable-next-line no-control-regex -- control characters are what this is about
    .replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/g, (char) => `\\u{${char.charCodeAt(0).toString(16)}}`)}"`
