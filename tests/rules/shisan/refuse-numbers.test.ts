import type { JsonRecord } from '#rules/shisan/definition.ts'
import { SHISAN } from '#rules/shisan/index.ts'
import { describe, expect, it } from 'vitest'

const refusalOf = (name: string, input: JsonRecord): unknown => {
  const computed = SHISAN.find((one) => one.name === name)?.compute(input, new Set())
  return computed?.ok === false ? computed.error : computed
}

describe('what the 試算 of numbers and names refuse, and what to do next', () => {
  it.each([
    ['the check digit was typed too', '39342027', 8, '最後の1桁(検証番号)を除いて入れてください。'],
    ['a digit lacks', '393420', 6, '番号の桁を確かめてください。'],
    ['two too many', '393420277', 9, '番号の桁を確かめてください。'],
  ])('検証番号: %s', (_, digits, count, next) => {
    expect(refusalOf('check-digit', { kind: 'hokenja', digits })).toEqual({
      field: '/digits',
      message: `保険者番号の検証番号は7桁から求めます。入っているのは${count}桁です。`,
      next,
    })
  })

  it('和暦: neither a text nor a day', () => {
    expect(refusalOf('wareki', {})).toEqual({
      field: '/text',
      message: '日付がありません。',
      next: '文字か日付のどちらかを入れてください。',
    })
  })

  it('全銀カナ: every character that cannot be written, with its place', () => {
    expect(refusalOf('zengin-kana', { text: '山ダ田' })).toMatchObject({
      message: expect.stringContaining('1文字目「山」、3文字目「田」。'),
    })
  })
})
