import iconv from 'iconv-lite'
import type { Readable } from 'node:stream'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { Fault } from '#kernel/faults.ts'
import type { Profile } from './profile.ts'
import { readLine, type FileLine } from './read-lines.ts'
import { valueReader } from './read-value.ts'

/** 全銀協規定形式, 預金口座振替 種別 91: records of 120 bytes, one byte a character [source: rules §4.1]. */
const RECORD = 120
const [CR, LF, EOF] = [0x0d, 0x0a, 0x1a]

interface Data {
  readonly line: number
  readonly text: string
  readonly result: string
  readonly yen: bigint
}

interface Block {
  readonly debitMd: string
  readonly data: Data[]
}

const bad = (line: number, detail: string): Fault => new Fault('FILE-021', { line, detail })

/**
 * 口座振替依頼・結果の読み取り: header, data, trailer, again or end. A block is a result when its trailer counts 振替済 or 不能, a
 * request when both are zero and no record bears a result: a request taken for a result would be a collection that never was.
 * Counts and sums of the trailer must be those of the records [source: rules §4.2]. A block is held in memory until its trailer.
 * Throws FILE-021 (not of this form), FILE-004 (empty).
 */
export async function* readFurikae(bytes: Readable, profile: Profile): AsyncGenerator<FileLine> {
  const readers = profile.columns.map(valueReader)
  let block: Block | null = null
  let hasEnded = false
  let line = 0
  for await (const text of records(bytes)) {
    line += 1
    if (hasEnded) throw bad(line, 'エンドレコードの後に続きがあります')
    const kind = text[0]
    if (kind === '1' && block === null) block = { debitMd: headerOf(text, line), data: [] }
    else if (kind === '2' && block !== null)
      block.data.push({ line, text, result: text.slice(111, 112), yen: BigInt(number(text, 80, 10, line, '引落金額')) })
    else if (kind === '8' && block !== null) {
      const part = partOf(block, text, line)
      for (const one of block.data)
        yield readLine(valuesOf(one, block.debitMd, part), one.line, profile.columns, readers)
      block = null
    } else if (kind === '9' && block === null && line > 1) hasEnded = true
    else throw bad(line, `データ区分「${kind ?? ''}」がここに来ることはありません`)
  }
  if (line === 0) throw new Fault('FILE-004')
  if (!hasEnded) throw bad(line, 'エンドレコードがありません')
}

function headerOf(text: string, line: number): string {
  if (text.slice(1, 3) !== '91') throw bad(line, '種別コードが91ではありません')
  if (text[3] !== '0') throw bad(line, 'コード区分がJISではありません(EBCDICは読めません)')
  const debitMd = text.slice(54, 58)
  // a leap year, so that 0229 is a day
  if (parsePlainDate(`2024-${debitMd.slice(0, 2)}-${debitMd.slice(2)}`) === null)
    throw bad(line, '引落日が日付ではありません')
  return debitMd
}

/** 依頼 or 結果, once the trailer agrees with the records. */
function partOf({ data }: Block, trailer: string, line: number): '依頼' | '結果' {
  const at = (start: number, length: number, name: string): bigint => BigInt(number(trailer, start, length, line, name))
  const sum = (of: readonly Data[]): bigint => of.reduce((all, { yen }) => all + yen, 0n)
  if (at(1, 6, '合計件数') !== BigInt(data.length) || at(7, 12, '合計金額') !== sum(data))
    throw bad(line, '合計の件数か金額がデータと合いません')
  const done = data.filter(({ result }) => result === '0')
  const [doneCount, doneYen] = [at(19, 6, '振替済件数'), at(25, 12, '振替済金額')]
  const [failedCount, failedYen] = [at(37, 6, '振替不能件数'), at(43, 12, '振替不能金額')]
  if (doneCount === 0n && failedCount === 0n) {
    if (done.length !== data.length) throw bad(line, '結果のある行があるのに、振替済と不能の件数が0です')
    return '依頼'
  }
  const isRight =
    doneCount === BigInt(done.length) &&
    doneYen === sum(done) &&
    failedCount === BigInt(data.length - done.length) &&
    failedYen === sum(data) - sum(done)
  if (!isRight) throw bad(line, '振替済か不能の件数か金額がデータと合いません')
  return '結果'
}

/** Values in the order of the profile's columns; an unknown or empty result is "not collected" (9). */
const valuesOf = ({ text, result, yen }: Data, debitMd: string, part: string): readonly string[] => [
  part,
  debitMd,
  text.slice(1, 5),
  text.slice(5, 20).trim(),
  text.slice(20, 23),
  text.slice(42, 43),
  text.slice(43, 50),
  text.slice(50, 80).trim(),
  String(yen),
  text.slice(91, 111),
  /\d/.test(result) ? result : '9',
]

function number(text: string, start: number, length: number, line: number, name: string): string {
  const digits = text.slice(start, start + length)
  if (!/^\d+$/.test(digits)) throw bad(line, `${name}が数字ではありません`)
  return digits
}

/** Records of 120 bytes with CR+LF between them, or nothing. */
async function* records(bytes: Readable): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0)
  let count = 0
  try {
    for await (const piece of bytes as AsyncIterable<Buffer>) {
      rest = Buffer.concat([rest, piece])
      // two bytes more than a record, so that a line end is seen whole
      while (rest.length >= RECORD + 2) {
        yield recordOf(rest, ++count)
        rest = rest.subarray(rest[RECORD] === CR && rest[RECORD + 1] === LF ? RECORD + 2 : RECORD)
      }
    }
  } finally {
    bytes.destroy()
  }
  if (rest.length >= RECORD) {
    yield recordOf(rest, ++count)
    rest = rest.subarray(RECORD)
  }
  if (rest.some((byte) => byte !== CR && byte !== LF && byte !== EOF))
    throw bad(count + 1, `${RECORD}バイトに足りません`)
}

function recordOf(bytes: Buffer, line: number): string {
  const text = iconv.decode(bytes.subarray(0, RECORD), 'cp932')
  if (text.length !== RECORD) throw bad(line, '1バイト1文字ではありません(漢字か改行の位置)')
  return text
}
