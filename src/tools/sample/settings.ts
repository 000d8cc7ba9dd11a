import type { Clock } from '#kernel/clock.ts'
import type { Tx } from '#db/database.ts'
import type { NoticeSettings } from '#notices/municipality.ts'
import { SAMPLE_SEAL, SAMPLE_SEAL_SHA256 } from './seal.ts'

/** 見本の自治体: nothing in it exists. The company code is that of the worked examples of sheet 5.2 §8. */
export const SAMPLE_NOTICE_SETTINGS: NoticeSettings = {
  municipality: 'みほん市',
  issuerTitle: 'みほん市長',
  issuerName: '見本 太郎',
  seal: { sha256: SAMPLE_SEAL_SHA256, type: 'svg' },
  office: {
    name: 'みほん市役所 保険年金課 後期高齢者医療係',
    postalCode: '0000001',
    address: 'みほん市中央一丁目1番1号',
    phone: '000-000-0000',
    hours: '平日 8時30分から17時15分まで',
  },
  reviewBoard: 'みほん県後期高齢者医療審査会',
  paymentPlaces: ['みほん銀行 本店・支店', 'みほん信用金庫 本店・支店', 'みほん市役所 会計課'],
  slipAccount: { number: '00000-0-000000', holder: 'みほん市会計管理者' },
  companyCode: '912345',
  convenienceLimitYen: 300_000,
  mpn: { agency: '00000', division: '390' },
  ocrTemplate: null,
  // 長形3号, A4 in three: field and play [own knowledge, verify with the envelope and the inserter]
  window: { leftMm: 22, topMm: 14, widthMm: 90, heightMm: 45, playXMm: 4.5, playYMm: 3 },
}

/** 条例等の設定 of the sample, as sheet 5.2 §8 has them; the rest stays at the defaults. */
export const SAMPLE_OPTIONS = [
  { name: 'minUnpaidYen', value: 1000, validFrom: '2020-04-01' },
  { name: 'feeYen', value: 100, validFrom: '2008-04-01' },
  { name: 'feeYen', value: 0, validFrom: '2026-04-01' },
] as const

/** Records the settings of the sample municipality; what is set already stays. */
export async function writeSampleSettings(tx: Tx, clock: Clock): Promise<void> {
  const at = clock.now()
  await tx.run(
    `insert into notice_seals (sha256, type, bytes, note, registered_at) values ($1, 'svg', $2, '見本の公印(本物ではありません)', $3)
     on conflict (sha256) do nothing`,
    [SAMPLE_SEAL_SHA256, SAMPLE_SEAL, at],
  )
  await tx.run(
    `insert into municipality_settings (name, value, recorded_at) values ('notices', $1, $2) on conflict (name) do nothing`,
    [JSON.stringify(SAMPLE_NOTICE_SETTINGS), at],
  )
  const there = await tx.maybe(`select 1 from ordinance_options where flow = '5-2-tokusoku' limit 1`)
  if (there !== null) return
  for (const { name, value, validFrom } of SAMPLE_OPTIONS)
    await tx.run(
      `insert into ordinance_options (flow, name, value, valid_from, recorded_at) values ('5-2-tokusoku', $1, $2, $3, $4)`,
      [name, JSON.stringify(value), validFrom, at],
    )
}
