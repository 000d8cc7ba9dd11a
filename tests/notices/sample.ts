import { plainDateOf } from '#kernel/plain-date.ts'
import type { NoticeMaterial, NoticeSettings, SealPicture } from '#notices/municipality.ts'
import { SAMPLE_SEAL, SAMPLE_SEAL_SHA256 } from '#tools/sample/seal.ts'
import type { TokusokuNotice } from '#notices/tokusoku-notice.ts'
import { DEFAULT_TOKUSOKU_OPTIONS } from '#rules/tokusoku/options.ts'

/** Everything here is invented: 見本市 does not exist. */
const SEAL: SealPicture = { sha256: SAMPLE_SEAL_SHA256, type: 'svg', bytes: SAMPLE_SEAL }

export const SETTINGS: NoticeSettings = {
  municipality: '見本市',
  issuerTitle: '見本市長',
  issuerName: '見本 一郎',
  seal: { sha256: SEAL.sha256, type: 'svg' },
  office: {
    name: '見本市 保険年金課 後期高齢者医療係',
    postalCode: '0000001',
    address: '見本市中央1丁目1番1号',
    phone: '000-000-0000',
    hours: '平日 8時30分から17時15分まで',
  },
  reviewBoard: '見本県後期高齢者医療審査会',
  paymentPlaces: ['見本銀行・見本信用金庫の本支店', 'ゆうちょ銀行・郵便局', '市役所・支所の窓口'],
  slipAccount: { number: '00000-0-000000', holder: '見本市会計管理者' },
  companyCode: '912345',
  convenienceLimitYen: 300_000,
  mpn: null,
  ocrTemplate: null,
  window: { leftMm: 22, topMm: 14, widthMm: 86, heightMm: 45, playXMm: 6.5, playYMm: 3 },
}

export const MATERIAL: NoticeMaterial = { ...SETTINGS, seals: [SEAL], towns: new Map(), reductions: new Map() }

export const OPTIONS = DEFAULT_TOKUSOKU_OPTIONS

/** Sheet 5.2 §8 #1 and #15. */
export const notice = (change: Partial<TokusokuNotice> = {}): TokusokuNotice => ({
  noticeNo: '2026-0042-00017',
  key: { fukaYear: 2026, choteiYear: 2026, tsuchishoNo: '2600123455', period: '01' },
  dueOn: plainDateOf('2026-07-31'),
  chargedYen: 12_300n,
  receivedYen: 0n,
  unpaidYen: 12_300n,
  feeYen: 0n,
  entaikinYen: 0n,
  insuredNo: '01234562',
  insuredName: '髙﨑 太郎',
  addressee: {
    kind: '本人',
    name: '髙﨑 太郎',
    bornOn: null,
    postalCode: '0000011',
    address: '見本県見本市桜町二丁目30番8号',
    building: '見本荘403号',
    source: '宛名',
  },
  reissue: 1,
  run: {
    asOf: plainDateOf('2026-08-12'),
    issueOn: plainDateOf('2026-08-20'),
    designatedOn: plainDateOf('2026-08-31'),
  },
  ...change,
})
