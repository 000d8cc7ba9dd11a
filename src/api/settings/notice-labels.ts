import type { NoticeSettings } from '#notices/municipality.ts'

/** Every path of a settings object: 「office」 and 「office.phone」. A list is one path. */
export type PathOf<T> = {
  [K in keyof T & string]-?: NonNullable<T[K]> extends readonly unknown[]
    ? K
    : NonNullable<T[K]> extends object
      ? K | `${K}.${PathOf<NonNullable<T[K]>>}`
      : K
}[keyof T & string]

/** 項目の名前 of the notices' settings; a field without a name does not compile. */
export const NOTICE_LABELS: Readonly<Record<PathOf<NoticeSettings>, string>> = {
  municipality: '市町村の名前',
  issuerTitle: '発行者の職',
  issuerName: '発行者の氏名',
  seal: '公印',
  'seal.sha256': '公印の画像',
  'seal.type': '公印の形式',
  office: '問合せ先',
  'office.name': '問合せ先の名前',
  'office.postalCode': '問合せ先の郵便番号(7桁)',
  'office.address': '問合せ先の住所',
  'office.phone': '問合せ先の電話',
  'office.hours': '受付時間',
  reviewBoard: '審査請求の相手',
  appealText: '教示文(審査請求)',
  lawsuitText: '教示文(取消訴訟)',
  paymentPlaces: '納付場所',
  slipAccount: '納付書の口座',
  'slipAccount.number': '口座記号番号',
  'slipAccount.holder': '加入者名',
  companyCode: '請求書発行企業コード(6桁)',
  convenienceLimitYen: 'コンビニ収納の上限(円)',
  mpn: 'ペイジー',
  'mpn.agency': '収納機関番号(5桁)',
  'mpn.division': '納付区分',
  ocrTemplate: 'OCR行の形',
  window: '窓あき封筒',
  'window.leftMm': '窓の左(mm)',
  'window.topMm': '窓の上(mm)',
  'window.widthMm': '窓の幅(mm)',
  'window.heightMm': '窓の高さ(mm)',
  'window.playXMm': '左右の遊び(mm)',
  'window.playYMm': '上下の遊び(mm)',
  'window.barPoints': 'カスタマバーコード(ポイント)',
  usesReductions: '縮退文字を使う',
}
