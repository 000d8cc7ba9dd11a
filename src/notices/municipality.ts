import { type Static, Type } from 'typebox'
import type { Towns } from '#rules/numbers/address-after-town.ts'

const closed = { additionalProperties: false } as const
const Text = Type.String({ minLength: 1, maxLength: 200 })
const Digits = (pattern: string) => Type.String({ pattern })

/** MPN(ペイジー) of the municipality; the numbers of a slip come with the slip. Lengths: rules §5.2 [own knowledge, verify]. */
const Mpn = Type.Object({ agency: Digits('^[0-9]{5}$'), division: Digits('^[0-9]{1,3}$') }, closed)

/**
 * 窓あき封筒: the field of the folded sheet (A4 in three, upper panel) that shows through the window wherever the sheet has slid,
 * in mm from the top left corner, and how far the sheet slides each way. `window.ts` tests it against the layout.
 */
const Window = Type.Object(
  {
    leftMm: Type.Number({ minimum: 10, maximum: 60 }),
    topMm: Type.Number({ minimum: 8, maximum: 40 }),
    widthMm: Type.Number({ minimum: 60, maximum: 100 }),
    heightMm: Type.Number({ minimum: 30, maximum: 55 }),
    /** 封筒の中での紙の遊び: left–right and up–down, each way; 0 when left out. */
    playXMm: Type.Optional(Type.Number({ minimum: 0, maximum: 12 })),
    playYMm: Type.Optional(Type.Number({ minimum: 0, maximum: 12 })),
    /** カスタマバーコード: 8 to 11.5 points; 10 when left out. */
    barPoints: Type.Optional(Type.Number({ minimum: 8, maximum: 11.5 })),
  },
  closed,
)
export type WindowSettings = Static<typeof Window>

/** 公印: which registered picture is printed. The picture itself lies in `notice_seals`, under its hash. */
const Seal = Type.Object(
  { sha256: Digits('^[0-9a-f]{64}$'), type: Type.Union([Type.Literal('svg'), Type.Literal('png')]) },
  closed,
)

/** A sentence of the municipality's own. `{reviewBoard}`, `{municipality}` and `{issuerTitle}` are filled in. */
const Sentence = Type.String({ minLength: 10, maxLength: 600 })

/** 自治体の設定 that notices print: who sends, where to ask, where to pay, how the envelope is made. */
export const NoticeSettings = Type.Object(
  {
    /** 「見本市」 */
    municipality: Text,
    /** 発行者: 「見本市長」 and the name. */
    issuerTitle: Text,
    issuerName: Text,
    /** 公印, or null for 「(公印省略)」. */
    seal: Type.Union([Seal, Type.Null()]),
    /** 問合せ先. */
    office: Type.Object(
      { name: Text, postalCode: Digits('^[0-9]{7}$'), address: Text, phone: Text, hours: Text },
      closed,
    ),
    /** 審査請求の相手: 「見本県後期高齢者医療審査会」. */
    reviewBoard: Text,
    /** 教示文(審査請求) in the municipality's own words; left out or null = ours. */
    appealText: Type.Optional(Type.Union([Sentence, Type.Null()])),
    /** 教示文(取消訴訟); left out or null = not printed (ADR 0028). */
    lawsuitText: Type.Optional(Type.Union([Sentence, Type.Null()])),
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
    /** 縮退: characters without glyph are printed as the table `glyph_reductions` says. Off when left out. */
    usesReductions: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type NoticeSettings = Static<typeof NoticeSettings>

/** A registered 公印 with its bytes. */
export interface SealPicture {
  readonly sha256: string
  readonly type: 'svg' | 'png'
  readonly bytes: Buffer
}

/** Everything of a municipality that making and printing a letter needs. */
export interface NoticeMaterial extends NoticeSettings {
  /** Every 公印 ever registered: a letter is printed with the one it was made with. */
  readonly seals: readonly SealPicture[]
  /** 町域 by 郵便番号. */
  readonly towns: Towns
  /** 縮退: what is printed for a character; empty unless the settings use it. */
  readonly reductions: ReadonlyMap<string, string>
}
