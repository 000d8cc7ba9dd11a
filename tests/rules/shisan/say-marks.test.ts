import { sayMarks } from '#rules/shisan/say-marks.ts'
import { describe, expect, it } from 'vitest'

describe('marks of the notes, as an official reads them', () => {
  it.each([
    ['端数は10月 [source: 能美市; 厚木市(介護); 琴浦町]', '端数は10月〔出典: 能美市、厚木市(介護)、琴浦町〕'],
    ['端数は10月[source: 岐阜市, 大津市]', '端数は10月〔出典: 岐阜市、大津市〕'],
    ['0か月 [own knowledge, verify]。次', '0か月〔要確認〕。次'],
    ['承認 [own knowledge, verify; 規則4条は承認を用いる]', '承認〔要確認: 規則4条は承認を用いる〕'],
    ['例から [derived]', '例から〔算出〕'],
    [
      '1円の差 [derived: 安曇野市は1つとする] と [source: 小平市]',
      '1円の差〔算出: 安曇野市は1つとする〕 と〔出典: 小平市〕',
    ],
    ['[source: 大津市]', '〔出典: 大津市〕'],
    ['印のない文 [1]', '印のない文 [1]'],
  ])('%s → %s', (text, said) => {
    expect(sayMarks(text)).toBe(said)
  })
})
