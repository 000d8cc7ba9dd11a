import type { NoticeSettings } from '#notices/municipality.ts'
import type { TestOffice } from './intake.ts'

/** Settings of a made-up municipality, with the company code of the sheet's worked examples. */
export const noticeSettings: NoticeSettings = {
  municipality: 'みほん市',
  issuerTitle: 'みほん市長',
  issuerName: '見本 太郎',
  sealSvg: null,
  office: {
    name: 'みほん市役所 後期高齢者医療係',
    postalCode: '0000001',
    address: 'みほん市中央1番地',
    phone: '000-000-0000',
    hours: '平日 8時30分から17時15分まで',
  },
  reviewBoard: 'みほん県後期高齢者医療審査会',
  paymentPlaces: ['みほん銀行 本店・支店', 'みほん市役所 会計課'],
  slipAccount: { number: '00000-0-000000', holder: 'みほん市会計管理者' },
  companyCode: '912345',
  convenienceLimitYen: 300_000,
  mpn: null,
  ocrTemplate: null,
  window: { leftMm: 22, topMm: 14, widthMm: 90, heightMm: 45 },
}

export async function registerNoticeSettings(office: TestOffice): Promise<void> {
  await office.db.run(`insert into municipality_settings (name, value, recorded_at) values ('notices', $1, $2)`, [
    JSON.stringify(noticeSettings),
    office.clock.now(),
  ])
}
