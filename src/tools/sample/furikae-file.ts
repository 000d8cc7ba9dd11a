import { open } from 'node:fs/promises'
import { join } from 'node:path'
import {
  customerNoOf,
  dataRecord,
  END_RECORD,
  headerRecord,
  recordBytes,
  trailerRecord,
  type DebitTotals,
} from './furikae-records.ts'
import type { Resident, SampleAccount, SampleCharge } from './resident.ts'

/** 口座振替結果 of the newest 納期限, as the banks gave it back. */
export const FURIKAE_FILE = 'zengin-furikae.txt'
const PIECE = 65_536

export interface FurikaeFile {
  /** Adds the debit of a person who pays from an account, when there was one. */
  write(resident: Resident): Promise<void>
  /** Number of debits. */
  close(): Promise<number>
}

const add = (to: DebitTotals, yen: number): DebitTotals => ({ count: to.count + 1, yen: to.yen + yen })
const NOTHING: DebitTotals = { count: 0, yen: 0 }

/** A result file in flat memory: each debit of `dueOn` is collected when its 収納 is known, else 資金不足. */
export async function openFurikaeFile(folder: string, dueOn: string): Promise<FurikaeFile> {
  const handle = await open(join(folder, FURIKAE_FILE), 'w')
  let text = `${headerRecord(dueOn.slice(5).replace('-', ''))}\r\n`
  let [all, done, failed] = [NOTHING, NOTHING, NOTHING]
  return {
    async write({ account, charges }) {
      if (account === undefined) return
      for (const charge of charges) {
        if (charge.dueOn !== dueOn || charge.method !== '普徴') continue
        const isDone = charge.receipts.some(({ road, receivedOn }) => road === '口座' && receivedOn === dueOn)
        if (!isDone && charge.receipts.length > 0) continue // paid otherwise before the debit
        text += `${recordOf(account, charge, isDone)}\r\n`
        all = add(all, charge.yen)
        if (isDone) done = add(done, charge.yen)
        else failed = add(failed, charge.yen)
      }
      if (text.length < PIECE) return
      await handle.write(recordBytes(text))
      text = ''
    },
    async close() {
      await handle.write(recordBytes(`${text}${trailerRecord(all, done, failed)}\r\n${END_RECORD}\r\n`))
      await handle.close()
      return all.count
    },
  }
}

const recordOf = (account: SampleAccount, charge: SampleCharge, isDone: boolean): string =>
  dataRecord({
    bankNo: account.bankNo,
    bankName: account.bankName,
    branchNo: account.branchNo,
    accountNo: account.accountNo,
    holder: 'ﾐﾎﾝ',
    yen: charge.yen,
    customerNo: customerNoOf(charge),
    result: isDone ? '0' : '1',
  })
