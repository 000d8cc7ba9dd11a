import { readLines, type FileLine } from '#intake/read-lines.ts'
import { loadProfiles } from '#intake/profiles.ts'
import iconv from 'iconv-lite'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'

// layouts.md, common part and A
const profiles = loadProfiles()
const yuyo = profiles.of('yuyo', 'in')
const HEADER = '賦課年度,調定年度,通知書番号,期別,徴収区分,猶予開始日,猶予終了日,決定番号'
const GOOD = '2026,2026,2600123455,01,普徴,2026-08-01,2026-08-31,第1号'
const VALUES = ['2026', '2026', '2600123455', '01', '普徴', '2026-08-01', '2026-08-31', '第1号']

async function read(bytes: string | Buffer, profile = yuyo): Promise<FileLine[]> {
  const lines: FileLine[] = []
  for await (const line of readLines(Readable.from([Buffer.from(bytes)]), profile)) lines.push(line)
  return lines
}

describe('reading a file', () => {
  it.each([
    ['CRLF', `${HEADER}\r\n${GOOD}\r\n`],
    ['LF', `${HEADER}\n${GOOD}\n`],
    ['no last line end', `${HEADER}\n${GOOD}`],
    ['a byte order mark', `\uFEFF${HEADER}\r\n${GOOD}\r\n`],
    ['quotes', `${HEADER}\r\n${GOOD.replace('第1号', '"第1号"')}\r\n`],
    ['a blank last line', `${HEADER}\r\n${GOOD}\r\n\r\n`],
  ])('accepts %s', async (_, text) => {
    expect(await read(text)).toEqual([{ line: 2, values: VALUES, errors: [] }])
  })
  it('reads CP932 when the profile says so', async () => {
    const bytes = iconv.encode(`${HEADER}\r\n${GOOD.replace('第1号', '髙﨑①')}\r\n`, 'cp932')
    expect((await read(bytes, { ...yuyo, encoding: 'cp932' }))[0]?.values.at(-1)).toBe('髙﨑①')
  })
  it('names bytes that are no characters in a line error', async () => {
    const bytes = iconv.encode(`${HEADER}\r\n${GOOD.replace('第1号', '髙')}\r\n`, 'cp932')
    const header = Buffer.from(`${HEADER}\r\n`)
    const mixed = Buffer.concat([header, bytes.subarray(iconv.encode(`${HEADER}\r\n`, 'cp932').length)])
    expect((await read(mixed))[0]?.errors.map((error) => error.code)).toEqual(['L17', 'L17'])
  })
})

describe('a bad value', () => {
  it.each([
    ['2026', '26', '賦課年度', 'L19'],
    ['2600123455', '260012345', '通知書番号', 'L14'],
    [',01,', ',13,', '期別', 'L14'],
    ['普徴', '普通', '徴収区分', 'L15'],
    ['2026-08-01', '2026-02-30', '猶予開始日', 'L12'],
    ['2026-08-01', '2026/08/01', '猶予開始日', 'L12'],
    ['2026-08-01', '', '猶予開始日', 'L11'],
    ['第1号', 'a\u0000b', '決定番号', 'L17'],
    ['第1号', '"二行\nの番号"', '決定番号', 'L17'],
    ['第1号', 'あ'.repeat(31), '決定番号', 'L16'],
  ])('%s → %s is told at %s with %s', async (from, to, field, code) => {
    const [line] = await read(`${HEADER}\n${GOOD.replace(from, to)}\n`)
    expect(line?.errors.map((error) => [error.field, error.code])).toEqual([[field, code]])
  })
  it('takes a period of 随時', async () => {
    expect((await read(`${HEADER}\n${GOOD.replace(',01,', ',81,')}\n`))[0]?.values[3]).toBe('81')
  })
  it('counts characters, not UTF-16 units', async () => {
    expect((await read(`${HEADER}\n${GOOD.replace('第1号', '𠮷'.repeat(30))}\n`))[0]?.errors).toEqual([])
  })
  it('tells every bad value of a line, with the value and what is right', async () => {
    const [line] = await read(`${HEADER}\n${GOOD.replace('普徴', '現金').replace('2600123455', 'x')}\n`)
    expect(line).toEqual({
      line: 2,
      values: ['2026', '2026', null, '01', null, '2026-08-01', '2026-08-31', '第1号'],
      errors: [
        { field: '通知書番号', value: 'x', code: 'L14', hint: '数字10桁' },
        { field: '徴収区分', value: '現金', code: 'L15', hint: '普徴、特徴' },
      ],
    })
  })
  it('tells a line with too many fields', async () => {
    const [line] = await read(`${HEADER}\n${GOOD},余り\n`)
    expect(line?.errors).toEqual([{ field: null, value: null, code: 'L18', hint: '8のはずが9' }])
  })
  it('never repeats a protected value', async () => {
    const atena = profiles.of('atena', 'in')
    const header = atena.columns.map((column) => column.name).join(',')
    const [line] = await read(`${header}\n1,住登内,見本 花子,ミホン ハナコ,,女,12,見本市,,,,,,,\n`, atena)
    expect(line?.errors).toEqual([{ field: '郵便番号', value: '伏せています', code: 'L14', hint: '数字7桁' }])
  })
})

describe('a file that cannot be read', () => {
  it.each([
    ['', 'FILE-004', /空です/],
    [`${HEADER.replace(',決定番号', '')}\n`, 'FILE-002', /足りない項目: 決定番号/],
    [`${HEADER},備考\n`, 'FILE-002', /知らない項目: 備考/],
    [`${HEADER.replace('賦課年度,調定年度', '調定年度,賦課年度')}\n`, 'FILE-002', /順序/],
    [`${HEADER}\n${GOOD}\n2026,"2026,開いたまま\n`, 'FILE-003', /行目あたり/],
  ])('%j is refused with %s', async (text, code, message) => {
    await expect(read(text)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })
})
