import { type Static, Type } from 'typebox'

const closed = { additionalProperties: false } as const
const Text = Type.String({ minLength: 1, maxLength: 200 })
const Digits = (pattern: string) => Type.String({ pattern })

/** MPN(ペイジー) of the municipality; the numbers of a slip come with the slip. Lengths: rules §5.2 [own knowledge, verify]. */
const Mpn = Type.Object({ agency: Digits('^[0-9]{5}$'), division: Digits('^[0-9]{1,3}$') }, closed)

/** 窓あき封筒: where the window lies on the folded sheet, in mm from its top left corner. */
const Window = Type.Object(
  {
    leftMm: Type.Number({ minimum: 10, maximum: 60 }),
    topMm: Type.Number({ minimum: 8, maximum: 40 }),
    widthMm: Type.Number({ minimum: 60, maximum: 100 }),
    heightMm: Type.Number({ minimum: 30, maximum: 55 }),
  },
  closed,
)

/** 自治体の設定 that notices print: who sends, where to ask, where to pay, how the envelope is made. */
export const NoticeSettings = Type.Object(
  {
    /** 「見本市」 */
    municipality: Text,
    /** 発行者: 「見本市長」 and the name. */
    issuerTitle: Text,
    issuerName: Text,
    /** 公印: an SVG picture, or null for 「(公印省略)」. */
    sealSvg: Type.Union([Type.String({ pattern: '^<svg[\\s>]', maxLength: 200_000 }), Type.Null()]),
    /** 問合せ先. */
    office: Type.Object(
      { name: Text, postalCode: Digits('^[0-9]{7}$'), address: Text, phone: Text, hours: Text },
      closed,
    ),
    /** 審査請求の相手: 「見本県後期高齢者医療審査会」. */
    reviewBoard: Text,
    /** 納付場所 other than convenience stores, which the barcode of the slip decides. */
    paymentPlaces: Type.Array(Text, { minItems: 1, maxItems: 6 }),
    /** 加入者名 and 口座記号番号 of the slip. */
    slipAccount: Type.Object({ number: Text, holder: Text }, closed),
    /** 請求書発行企業コード of the コンビニ収納; null = the municipality has none, and no slip has a barcode. */
    companyCode: Type.Union([Digits('^[0-9]{6}$'), Type.Null()]),
    /** コンビニ収納の上限, 円 [own knowledge, verify]. */
    convenienceLimitYen: Type.Integer({ minimum: 1, maximum: 999_999 }),
    mpn: Type.Union([Mpn, Type.Null()]),
    /** OCR line with `{field}` or `{field:width}`; null = none. Fields: `#rules/numbers/ocr-line.ts`. */
    ocrTemplate: Type.Union([Type.String({ minLength: 1, maxLength: 120 }), Type.Null()]),
    window: Window,
  },
  closed,
)
export type NoticeSettings = Static<typeof NoticeSettings>
