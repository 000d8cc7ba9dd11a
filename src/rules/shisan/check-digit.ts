import { ok } from '#kernel/result.ts'
import { type CheckDigit, weigh21, weigh31 } from '../numbers/modulus10.ts'
import { weighIndividualNumber } from '../numbers/modulus11.ts'
import { defineShisan, type ExplainLine, refuse } from './definition.ts'
import { choice, integer, record, text } from './schema.ts'

interface Kind {
  readonly label: string
  /** Digits before the check digit. */
  readonly length: number
  readonly weigh: (payload: string) => CheckDigit
  readonly weights: string
  readonly adds: string
  readonly rest: (found: CheckDigit) => string
}

const modulus10 = ({ sum, digit }: CheckDigit): string =>
  `10 − (${sum} を10で割った余り ${sum % 10})${digit === 0 ? '。10は0とする' : ''}`

/** 番号の種類 by their names in the input. */
const KINDS = {
  hokenja: {
    label: '保険者番号',
    length: 7,
    weigh: weigh21,
    weights: '右の桁から 2、1、2、1…',
    adds: '重みを掛けた数の各桁を足す',
    rest: modulus10,
  },
  'gs1-128': {
    label: 'コンビニ収納のバーコード',
    length: 43,
    weigh: weigh31,
    weights: '右の桁から 3、1、3、1…(AI 91も含める)',
    adds: '重みを掛けた数を足す',
    rest: modulus10,
  },
  tsuchisho: {
    label: '通知書番号',
    length: 9,
    weigh: weigh21,
    weights: '右の桁から 2、1、2、1…',
    adds: '重みを掛けた数の各桁を足す',
    rest: modulus10,
  },
  kojin: {
    label: '個人番号',
    length: 11,
    weigh: weighIndividualNumber,
    weights: '右の桁から 2、3、4、5、6、7、2、3、4、5、6',
    adds: '重みを掛けた数を足す',
    rest: ({ sum, digit }) =>
      `11 − (${sum} を11で割った余り ${sum % 11})${digit === 0 ? '。余りが0か1のときは0とする' : ''}`,
  },
} as const satisfies Record<string, Kind>

type KindName = keyof typeof KINDS

const row = (id: string, source: string, kind: KindName, digits: string, digit: number) => ({
  id,
  source,
  input: { kind, digits },
  expected: { digit },
})

export const checkDigit = defineShisan({
  name: 'check-digit',
  term: '検証番号',
  summary: '番号の最後に付く1桁の検証番号(チェックデジット)を計算します。',
  basis: [
    '保険者番号: 39 + 都道府県2桁 + 市町村3桁 + 検証番号1桁 [source: 呉市「被保険者証」, 新潟県広域連合; 保険者番号設定要領の解説]',
    'コンビニ収納のバーコード: 44桁の最後の1桁を、AI 91を含む43桁から求める [source: 公開のバーコードライブラリ]',
    '通知書番号: 10桁の最後の1桁。標準プロファイルの決めで、市町村の番号の付け方に合わせて替えられる',
    '個人番号: 総務省令85号5条 [source: 引用]',
  ],
  formula: [
    '保険者番号・通知書番号: 右の桁から 2、1、2、1… を掛け、各桁を足し、10 −(合計を10で割った余り)。10は0',
    'バーコード: 右の桁から 3、1、3、1… を掛けて足し、10 −(合計を10で割った余り)。10は0',
    '個人番号: 右の桁から 2〜7、2〜6 を掛けて足し、11 −(合計を11で割った余り)。余りが0か1のときは0',
  ],
  doubts: [
    '被保険者番号の最後の桁も同じ方法とされる [own knowledge, verify]。広域連合のデータで確かめるまでは警告にとどめる。',
    '個人番号の検証には、実在の番号を試しに使わないでください。',
  ],
  input: record('入力', {
    kind: choice(
      '番号の種類',
      Object.entries(KINDS).map(([name, { label, length }]) => [name as KindName, `${label}(${length}桁)`] as const),
    ),
    digits: text('番号', { maxLength: 43, description: '検証番号を除いた数字', pattern: '^[0-9]+$' }),
  }),
  output: record('結果', { digit: integer('検証番号', '', { minimum: 0, maximum: 9 }) }),
  examples: [
    row('O-70', '千葉県警共済 33120015、「検証番号」の解説ページ', 'hokenja', '3312001', 5),
    row('O-71', '呉市「被保険者証」39342027', 'hokenja', '3934202', 7),
    row(
      'O-72',
      '公開のバーコードライブラリの番号、検証番号は規則から算出',
      'gs1-128',
      '9190808103021001997007091753011008310005000',
      9,
    ),
    row('5.2 §8 #15', '通知書番号 2600123455、規則から算出', 'tsuchisho', '260012345', 5),
    row('5.2 §8 #16', '10は0とする、規則から算出', 'tsuchisho', '260045678', 0),
    row('個人番号 1', '総務省令85号5条から算出(作った番号)', 'kojin', '12345678901', 8),
    row('個人番号 余り0', '余りが0のときは0、作った番号', 'kojin', '00000000000', 0),
    row('個人番号 余り1', '余りが1のときは0、作った番号', 'kojin', '00000000006', 0),
    {
      id: '桁の不足',
      source: '番号の桁が足りない',
      input: { kind: 'kojin', digits: '1234567890' },
      refusedAt: '/digits',
    },
    {
      id: '桁の違い',
      source: '検証番号を含めて入れた',
      input: { kind: 'hokenja', digits: '39342027' },
      refusedAt: '/digits',
    },
  ],
  compute({ kind, digits }) {
    const { label, length, weigh, weights, adds, rest }: Kind = KINDS[kind]
    if (digits.length !== length)
      return refuse(
        '/digits',
        `${label}の検証番号は${length}桁から求めます。入っているのは${digits.length}桁です。`,
        digits.length === length + 1 ? '最後の1桁(検証番号)を除いて入れてください。' : '番号の桁を確かめてください。',
      )
    const found = weigh(digits)
    const lines: ExplainLine[] = [
      {
        label: '重み',
        how: weights,
        value: found.weighed.map(({ digit, weight }) => `${digit}×${weight}`).join('、'),
      },
      { label: '合計', how: `${adds}: ${found.weighed.map((one) => one.adds).join(' + ')}`, value: String(found.sum) },
      { label: '検証番号', how: rest(found), value: String(found.digit) },
    ]
    return ok({ output: { digit: found.digit }, lines })
  },
})
