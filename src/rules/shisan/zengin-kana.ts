import { ok } from '#kernel/result.ts'
import { toZenginKana, type UnwritableCharacter } from '../zengin/to-zengin-kana.ts'
import { defineShisan, refuse } from './definition.ts'
import { record, text } from './schema.ts'

const row = (id: string, typed: string, expected: string) => ({
  id,
  source: 'jinjer ヘルプ、公開の全銀ライブラリの注記',
  input: { text: typed },
  expected: { text: expected },
})

const refused = (id: string, source: string, typed: string) => ({
  id,
  source,
  input: { text: typed },
  refusedAt: '/text',
})

export const zenginKana = defineShisan({
  name: 'zengin-kana',
  term: '全銀のカナ',
  summary: '口座名義人などのカナを、銀行のファイルに書ける文字(半角)に直します。書けない文字は、位置とともに示します。',
  basis: [
    '使える文字は、数字、英大文字、半角カナ(小書きを除く)、濁点・半濁点、空白、( ) - . [source: PCA「全銀協使用可能文字」, jinjer ヘルプ]',
    '名義にヲは使えない。長音はハイフン、小書きは大きい文字、ヴはウと濁点とする [source: 公開の全銀ライブラリの注記]',
    '漢字が残っているときは、空白にせず誤りとする。',
  ],
  formula: [
    'ひらがな → カタカナ → 半角(濁点・半濁点は1文字)',
    '小書き(ァ ッ ャ など)→ 大きい文字、英小文字 → 英大文字',
    '長音・ハイフンの類(ー ‐ ― − など)→ 半角ハイフン',
    'それ以外の文字は書けない',
  ],
  doubts: [
    '銀行名・支店名の欄では、記号はハイフンだけが使える。',
    '濁点は1文字に数える。名義の欄は30文字で、超えるかどうかはここでは調べない。',
    'コード区分1(EBCDIC)の銀行では、換算表を銀行から受け取る。',
  ],
  input: record('入力', { text: text('カナ', { maxLength: 200 }) }),
  output: record('結果', { text: text('書ける文字', { maxLength: 400 }) }),
  examples: [
    row('O-74 大きい文字', 'キユウヨ', 'ｷﾕｳﾖ'),
    row('O-74 小書き', 'キュウヨ', 'ｷﾕｳﾖ'),
    row('O-74 濁点', 'ジンジショウゴ', 'ｼﾞﾝｼﾞｼﾖｳｺﾞ'),
    row('O-74 長音', 'ラーメン', 'ﾗ-ﾒﾝ'),
    row('O-74 ヴ', 'ヴ', 'ｳﾞ'),
    row('O-74 半角の濁点', 'ｼﾞﾝｼﾞｼﾖｳｺﾞ', 'ｼﾞﾝｼﾞｼﾖｳｺﾞ'),
    row('英小文字と記号', '(カ)やまだ a-1', '(ｶ)ﾔﾏﾀﾞ A-1'),
    refused('漢字', '漢字は空白にしない', '山田 ハナコ'),
    refused('ヲ', 'ヲは名義に使えない', 'ヲノ タロウ'),
  ],
  compute({ text: typed }) {
    const result = toZenginKana(typed)
    if (!result.ok)
      return refuse(
        '/text',
        `銀行のファイルに書けない文字があります: ${result.error.map(sayCharacter).join('、')}。`,
        '通帳のカナのとおりに入れ直してください。',
      )
    const isWritable = typed === result.value
    return ok({
      output: { text: result.value },
      lines: [
        {
          label: '書ける文字',
          how: isWritable ? 'そのまま書けます' : `「${typed}」を半角の大きいカナに直す(濁点・半濁点は1文字)`,
          value: result.value,
        },
        { label: '長さ', how: 'ファイルでの文字数(1文字1バイト)', value: `${result.value.length}文字` },
      ],
    })
  },
})

const sayCharacter = ({ char, place }: UnwritableCharacter): string => `${place}文字目「${char}」`
