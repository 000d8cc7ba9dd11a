import { outgoingBytes, writeOutgoing, type OutgoingRow } from '#intake/write-outgoing.ts'
import { openContent } from '#intake/files.ts'
import { loadProfiles } from '#intake/profiles.ts'
import { openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import iconv from 'iconv-lite'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// layouts.md C, tainosha
const tainosha = loadProfiles().of('tainosha', 'out')
const row: OutgoingRow = {
  insured_no: '00000001',
  fuka_year: 2026,
  chotei_year: 2026,
  tsuchisho_no: '2600123455',
  period: '04',
  due_on: '2026-11-02',
  unpaid_yen: 14_200n,
  status: '督促',
  as_of: '2026-11-20',
  version: 1,
}
const HEADER = '被保険者番号,賦課年度,調定年度,通知書番号,期別,納期限,未納額,状態,基準日,版'
const LINE = '00000001,2026,2026,2600123455,04,2026-11-02,14200,督促,2026-11-20,1'

let office: TestOffice
beforeAll(async () => {
  office = await openTestOffice()
})
afterAll(() => office.close())

async function bytesOf(profile: typeof tainosha, rows: readonly OutgoingRow[]): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of outgoingBytes(profile, rows)) pieces.push(piece)
  return Buffer.concat(pieces)
}

describe('an outgoing file', () => {
  it('is recorded with count, hash and bytes, and the same rows give the same bytes', async () => {
    const write = () =>
      office.db.tx((tx) =>
        writeOutgoing(tx, office, { profile: tainosha, name: 'tainosha-v1.csv', runId: null }, [row]),
      )
    const first = await write()
    const again = await write()
    expect(again.sha256).toBe(first.sha256)
    expect(first.lineCount).toBe(1)
    const content = await buffer(await openContent(office.db, office.store, first.fileId))
    expect(content.toString('utf8')).toBe(`${HEADER}\r\n${LINE}\r\n`)
    expect(
      await office.db.one(`select direction, state, accepted_count, byte_size from files where id = $1`, [
        first.fileId,
      ]),
    ).toEqual({ direction: 'out', state: 'accepted', accepted_count: 1n, byte_size: BigInt(content.length) })
  })
  it('is written in CP932 and with LF where the profile says so', async () => {
    const bytes = await bytesOf({ ...tainosha, encoding: 'cp932', lineEnd: 'lf' }, [row])
    expect(iconv.decode(bytes, 'cp932')).toBe(`${HEADER}\n${LINE}\n`)
  })
  it('refuses a character that CP932 does not have instead of writing 「?」', async () => {
    const named = {
      ...tainosha,
      encoding: 'cp932' as const,
      columns: [{ name: '氏名', field: 'name', type: 'text' as const, max: 50 }],
    }
    expect(iconv.decode(await bytesOf(named, [{ name: '髙﨑' }]), 'cp932')).toBe('氏名\r\n髙﨑\r\n')
    await expect(bytesOf(named, [{ name: '髙﨑' }, { name: '𠮷田' }])).rejects.toMatchObject({
      code: 'FILE-011',
      params: { line: 3, column: '氏名', encoding: 'CP932' },
    })
  })
  it('quotes what needs quotes', async () => {
    const named = {
      ...tainosha,
      header: false,
      columns: [{ name: '氏名', field: 'name', type: 'text' as const, max: 50 }],
    }
    expect((await bytesOf(named, [{ name: 'a,"b"' }])).toString()).toBe('"a,""b"""\r\n')
  })
  it('never writes a line without a required value or with an unknown code', async () => {
    await expect(bytesOf(tainosha, [{ ...row, insured_no: null }])).rejects.toThrow('insured_no is missing in line 2')
    await expect(bytesOf(tainosha, [{ ...row, status: '完納' }])).rejects.toThrow('no code for a value of status')
  })
})
