import { SYSTEM } from '#audit/events.ts'
import { readFile } from '#intake/files.ts'
import { checkLedger } from '#ledger/check.ts'
import { csv, openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import { insured, instalment, loadRows, person } from '#tests/support/office-facts.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

// architecture §8: a bad end is never half-applied
const LINES = 20_000
let office: TestOffice
beforeAll(async () => {
  office = await openTestOffice()
  await loadRows(office, 'atena', [person(1)])
  await loadRows(office, 'hihokensha', [insured(1)])
})
afterAll(() => office.close())

async function* piecesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}
/** What backends of this database are at. */
const busyWith = async (text: string): Promise<boolean> =>
  (
    await office.db.one<{ it: boolean }>(
      `select exists (select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
         and state = 'active' and query like $1) as it`,
      [`${text}%`],
    )
  ).it

describe('a reader killed with SIGKILL', { timeout: 90_000 }, () => {
  it.each(['copy stage', 'insert into'])(
    'while it does 「%s」 leaves nothing, and the next start reads the file',
    async (during) => {
      const serial = during === 'copy stage' ? 26_000 : 27_000
      const rows = Array.from({ length: LINES }, (_, index) =>
        instalment(1, { 通知書番号: String(serial * 100_000 + index).padStart(10, '0') }),
      )
      const fileId = await office.intake.receiveFile(
        piecesOf(csv(office.profiles, 'kiwari', rows)),
        'kiwari',
        'big.csv',
        SYSTEM,
      )
      const before = await office.db.one(`select count(*) as n from instalments`)
      // given: a process that reads the file
      const child = spawn(process.execPath, [join(import.meta.dirname, '../support/intake-child.ts')], {
        env: {
          ...process.env,
          TEST_DATABASE_URL: office.appUrl,
          TEST_DATA: office.folder,
          TEST_FILE_ID: fileId,
        },
        stdio: 'inherit',
      })
      // when: it is killed in the middle
      await vi.waitFor(async () => expect(await busyWith(during)).toBe(true), { timeout: 20_000, interval: 1 })
      child.kill('SIGKILL')
      await once(child, 'exit')
      // then: nothing of the file is there
      await vi.waitFor(async () => expect(await busyWith('')).toBe(false), { timeout: 20_000 })
      expect(await readFile(office.db, fileId)).toMatchObject({ status: 'reading' })
      expect(await office.db.one(`select count(*) as n from instalments`)).toEqual(before)
      expect((await checkLedger(office.db)).filter((one) => one.count > 0n)).toEqual([])
      // and the next start reads it
      await office.intake.resume()
      expect(await readFile(office.db, fileId)).toMatchObject({ status: 'accepted', accepted: BigInt(LINES) })
      expect((await checkLedger(office.db)).filter((one) => one.count > 0n)).toEqual([])
    },
  )
})
