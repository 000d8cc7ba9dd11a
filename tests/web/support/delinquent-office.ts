import type { Clock } from '#kernel/clock.ts'
import { loadProfiles } from '#intake/profiles.ts'
import { writeSampleSettings } from '#tools/sample/settings.ts'
import type { TestApi } from '#tests/support/api.ts'
import { csv } from '#tests/support/intake.ts'
import { insured, instalment, person, receipt } from '#tests/support/office-facts.ts'
import type { Product } from '#tests/support/product.ts'

/** The people of the browser tests: 1,000, each with one unpaid instalment of 2026-07-31. All synthetic. */
export const PEOPLE = 1000
/** Under 支援措置 whose time is over and which nobody has released: 要確認 (A06), and masked. */
export const PROTECTED = 7
/** Their 第2期 was paid twice: 過誤納 ≥ unpaid, 要確認 (A08). */
export const OVERPAID = [11, 12] as const
/** They paid on 8/13, after 基準日 8/12: 対象 at 001, 完納 at 004 (P01). */
export const PAID_LATER = [21, 22, 23, 24, 25] as const
/** From this person on a thousand owes so little that no letter is made (除外, A03): 530 others fill two print files. */
const OWES_LITTLE_FROM = 531
/** What a page may never show of the protected person. */
export const SECRETS = ['ヒミツ カナ', 'みほん市秘密町'] as const

const number = (n: number): string => `26${String(n).padStart(8, '0')}`

/** What is filled: an office with all its processes, or one that lives in the test. */
type OfficeToFill = Pick<Product, 'db' | 'importFile'> & { readonly clock: Clock }

/** The office of an API that lives in the test. */
export const officeOf = ({ office }: TestApi): OfficeToFill => ({
  db: office.db,
  clock: office.clock,
  importFile: async (_, kind, text) => ({ rejected: Number((await office.load(kind, text)).rejected) }),
})

/** Hands the files of the office in, as a clerk would; `people` of the tests' thousand. */
export async function fillOffice(product: OfficeToFill, people = PEOPLE): Promise<void> {
  await product.db.tx((tx) => writeSampleSettings(tx, product.clock))
  const profiles = loadProfiles()
  const all = Array.from({ length: people }, (_, index) => index + 1)
  const take = async (kind: string, rows: Parameters<typeof csv>[2]) => {
    const file = await product.importFile('tantou', kind, csv(profiles, kind, rows))
    if (file['rejected'] !== 0) throw new Error(`${kind}: ${JSON.stringify(file)}`)
  }
  await take(
    'atena',
    all.map((n) => person(n, n === PROTECTED ? { 氏名カナ: SECRETS[0], 住所: `${SECRETS[1]}1丁目` } : {})),
  )
  await take(
    'hihokensha',
    all.map((n) => insured(n)),
  )
  await take('yokushi', [
    { 宛名番号: String(PROTECTED).padStart(15, '0'), 措置区分: '本', 開始日: '2025-08-01', 満了予定日: '2026-07-31' },
  ])
  await take('kiwari', [
    ...all.map((n) => instalment(n, { 通知書番号: number(n), ...(n < OWES_LITTLE_FROM ? {} : { 調定額: 999 }) })),
    ...OVERPAID.map((n) => instalment(n, { 通知書番号: number(n), 期別: '02', 納期限: '2026-08-31' })),
  ])
  await take(
    'shuno',
    OVERPAID.map((n) => receipt({ 通知書番号: number(n), 期別: '02', 収納額: 24_600, 領収日: '2026-08-03' })),
  )
}

/** The receipts that come in after 001: 領収日 8/13. */
export async function payLater(product: Product): Promise<void> {
  const rows = PAID_LATER.map((n) => receipt({ 通知書番号: number(n), 領収日: '2026-08-13' }))
  await product.importFile('tantou', 'shuno', csv(loadProfiles(), 'shuno', rows))
}
