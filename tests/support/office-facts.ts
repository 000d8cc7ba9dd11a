import type { TestOffice } from './intake.ts'
import { csv } from './intake.ts'

type Cells = Readonly<Record<string, string | number>>

/** One synthetic person with 宛名番号 n and 被保険者番号 n. */
export const person = (n: number, more: Cells = {}): Cells => ({
  宛名番号: String(n).padStart(15, '0'),
  区分: '住登内',
  氏名: `見本 ${n}郎`,
  氏名カナ: `ミホン ${n}ロウ`,
  生年月日: '1945-05-05',
  性別: '男',
  郵便番号: '0000001',
  住所: `みほん市中央${n}丁目`,
  ...more,
})
export const insured = (n: number, more: Cells = {}): Cells => ({
  被保険者番号: String(n).padStart(8, '0'),
  宛名番号: String(n).padStart(15, '0'),
  資格取得日: '2020-05-05',
  取得事由: '年齢到達',
  ...more,
})
export const KEY = { 賦課年度: 2026, 調定年度: 2026, 通知書番号: '2600123455', 期別: '01', 徴収区分: '普徴' } as const
export const instalment = (n: number, more: Cells = {}): Cells => ({
  ...KEY,
  被保険者番号: String(n).padStart(8, '0'),
  納期限: '2026-07-31',
  調定額: 12_300,
  ...more,
})
export const receipt = (more: Cells = {}): Cells => ({
  ...KEY,
  収納額: 12_300,
  領収日: '2026-08-12',
  収納日: '2026-08-14',
  収納方法: '金融機関',
  ...more,
})

/** Loads rows of a kind and tells how it ended: accepted, rejected, and each error as 「line field code」. */
export async function loadRows(office: TestOffice, kind: string, rows: readonly Cells[]) {
  const file = await office.load(kind, csv(office.profiles, kind, rows))
  const errors = await office.db.rows<{ text: string }>(
    `select line || ' ' || field || ' ' || code as text from file_errors where file_id = $1 order by number`,
    [file.fileId],
  )
  return {
    fileId: file.fileId,
    status: file.status,
    accepted: Number(file.accepted),
    errors: errors.map((e) => e.text),
  }
}
