import { type Static, Type } from 'typebox'

const closed = { additionalProperties: false } as const
const Text = Type.String()
const Line = Type.Object({ label: Text, value: Text }, closed)
const Amounts = { charged: Text, received: Text, unpaid: Text, fee: Text, entaikin: Text } as const

/** 督促用納付書 of one 期割. */
const Slip = Type.Object(
  {
    municipality: Text,
    accountNumber: Text,
    accountHolder: Text,
    fiscalYear: Text,
    subject: Text,
    tsuchishoNo: Text,
    period: Text,
    name: Text,
    namePoints: Text,
    payBy: Text,
    premium: Text,
    fee: Text,
    /** Blank unless included: a hand-written 延滞金 takes the barcode's place. */
    entaikin: Text,
    total: Text,
    reissue: Text,
    /** Widths of bars and spaces in modules, or empty. */
    barcode: Text,
    /** The 44 digits in two groups, or empty. */
    barcodeDigits: Type.Array(Text),
    /** Why there is no barcode, or the caution beside it. */
    barcodeNote: Text,
    ocr: Text,
    mpn: Type.Array(Line),
  },
  closed,
)

/**
 * 督促状 with 督促用納付書 as it is printed: strings only, already formatted. Empty = the line or part is absent. Stored as JSON
 * beside its template version; equal views give equal bytes.
 */
export const TokusokuView = Type.Object(
  {
    noticeNo: Text,
    issuedOn: Text,
    /** What shows through the window: nothing else may stand there. Lengths in mm. */
    window: Type.Object(
      {
        leftMm: Text,
        topMm: Text,
        postalCode: Text,
        addressLines: Type.Array(Text),
        /** 「相続人代表者」, or empty. */
        capacity: Text,
        nameLines: Type.Array(Text),
        addressPoints: Text,
        namePoints: Text,
        /** 67 bars of the カスタマバーコード, or empty. */
        bars: Text,
        barPoints: Text,
      },
      closed,
    ),
    issuer: Type.Object(
      {
        title: Text,
        name: Text,
        /** File name of the 公印 among the assets of the rendering, or empty. */
        seal: Text,
        /** 「(公印省略)」, or empty. */
        sealNote: Text,
      },
      closed,
    ),
    office: Type.Object({ name: Text, address: Text, phone: Text, hours: Text }, closed),
    /** One sentence a line. */
    lead: Type.Array(Text),
    /** `points`: the size at which the value fits its cell. */
    facts: Type.Array(Type.Object({ label: Text, value: Text, points: Text }, closed)),
    amounts: Type.Array(Type.Object({ label: Text, note: Text, value: Text }, closed)),
    total: Line,
    designated: Line,
    /** Size of the paragraphs, in points: the largest at which they fit above the slip. */
    paragraphPoints: Text,
    paragraphs: Type.Array(Type.Object({ heading: Text, text: Text }, closed)),
    slip: Slip,
    /** A sheet with several 期割 (`noticeUnit` = person): then `facts` tell the person only, `amounts` are empty. */
    several: Type.Optional(
      Type.Object(
        {
          lines: Type.Array(
            Type.Object(
              { tsuchishoNo: Text, fukaYear: Text, choteiYear: Text, period: Text, dueOn: Text, ...Amounts },
              closed,
            ),
          ),
          sums: Type.Object(Amounts, closed),
          /** 「延滞金は令和8年8月20日現在」, or empty. */
          entaikinNote: Text,
          /** The slips of the second and later lines, each at the foot of a page of its own. */
          pages: Type.Array(Type.Object({ sheet: Text, text: Text, slip: Slip }, closed)),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type TokusokuView = Static<typeof TokusokuView>
