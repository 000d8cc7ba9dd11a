const MARK = / ?\[(own knowledge, verify|derived|source)(?:[:;] ?([^\]]*))?\]/g

/** What a mark of our notes says to an official. */
const WORDS: Readonly<Record<string, string>> = { 'own knowledge, verify': '要確認', derived: '算出', source: '出典' }

/**
 * 出典の印 in the words of who reads: `[source: 能美市; 厚木市]` → 〔出典: 能美市、厚木市〕, `[own knowledge, verify]` → 〔要確認〕,
 * `[derived]` → 〔算出〕. The definitions keep the marks of our notes, so that one search finds all that nobody has confirmed.
 */
export const sayMarks = (text: string): string =>
  text.replace(MARK, (_, mark: string, told: string | undefined) => {
    const words = told === undefined ? '' : `: ${told.replaceAll(/[,;] /g, '、')}`
    return `〔${WORDS[mark] ?? mark}${words}〕`
  })
