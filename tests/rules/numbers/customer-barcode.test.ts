import { describe, expect, it } from 'vitest'
import { addressNumberOf } from '#rules/numbers/address-number.ts'
import { customerBarcode } from '#rules/numbers/customer-barcode.ts'

/** 日本郵便 「カスタマバーコード付番事例(検証用)」: all of its cases. The last word is the check digit. */
const CASES: readonly (readonly [string, string, string, string])[] = [
  ['2630023', '千葉市稲毛区緑町3丁目30-8 郵便ビル403号', '3-30-8-403', 'CC4 CC4 CC4 5'],
  ['0140113', '秋田県大仙市堀見内 南田茂木 添60-1', '60-1', 'CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC8'],
  ['1100016', '東京都台東区台東5-6-3 ABCビル10F', '5-6-3-10', 'CC4 CC4 CC4 CC4 CC4 9'],
  ['0600906', '北海道札幌市東区北六条東4丁目 郵便センター6号館', '4-6', 'CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 9'],
  ['0650006', '北海道札幌市東区北六条東8丁目 郵便センター10号館', '8-10', 'CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 9'],
  ['4070033', '山梨県韮崎市龍岡町下條南割 韮崎400', '400', 'CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 -'],
  ['2730102', '千葉県鎌ケ谷市右京塚 東3丁目20-5 郵便・A&bコーポB604号', '3-20-5B604', 'CC4 CC4 0'],
  ['1980036', '東京都青梅市河辺町十一丁目六番地一号 郵便タワー601', '11-6-1-601', 'CC4 CC4 CC4 CC8'],
  ['0270203', '岩手県宮古市大字津軽石第二十一地割大淵川480', '21-480', 'CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC5'],
  ['5900016', '大阪府堺市中田出井町四丁目六番十九号', '4-6-19', 'CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC2'],
  ['0800831', '北海道帯広市稲田町南七線 西28', '7-28', 'CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC7'],
  ['3170055', '茨城県日立市宮田町6丁目7-14 ABCビル2F', '6-7-14-2', 'CC4 CC4 CC4 CC4 CC4 CC1'],
  ['6500046', '神戸市中央区港島中町9丁目7-6 郵便シティA棟1F1号', '9-7-6A1-1', 'CC4 CC4 CC4 5'],
  ['6230011', '京都府綾部市青野町綾部6-7 LプラザB106', '6-7LB106', 'CC4 CC4 CC4 4'],
  ['2280024', '神奈川県座間市入谷6丁目3454-5 郵便ハイツ6-1108', '6-3454-5-6-1108', '2'],
  ['9100067', '福井県福井市新田塚3丁目80-25 J1ビル2-B', '3-80-25J1-2B', 'CC1 9'],
  ['0640804', '札幌市中央区南四条西29丁目1524-23 第2郵便ハウス501', '29-1524-23-2-501', '3'],
]

const wide = (text: string): string =>
  text.replaceAll(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))

describe('カスタマバーコード', () => {
  it.each(CASES)('%s %s → %s', (postal, address, number, tail) => {
    expect(addressNumberOf(address)).toBe(number)
    expect(addressNumberOf(wide(address))).toBe(number)
    const codes = customerBarcode(postal, address)
    expect(codes).toHaveLength(21)
    expect(codes?.slice(0, 7).join('')).toBe(postal)
    expect(codes?.slice(-tail.split(' ').length).join(' ')).toBe(tail)
  })

  it('writes a letter as control code and digit', () => {
    expect(customerBarcode('6230011', '6-7 LプラザB106')?.slice(7).join(' ')).toBe(
      '6 - 7 CC2 1 CC1 1 1 0 6 CC4 CC4 CC4 4',
    )
  })

  it('has none for a 代表郵便番号 or an incomplete one', () => {
    expect(customerBarcode('1000000', '1-1')).toBeNull()
    expect(customerBarcode('100-001', '1-1')).toBeNull()
    expect(customerBarcode('11000161', '1-1')).toBeNull()
    expect(customerBarcode('x1100016', '1-1')).toBeNull()
  })

  it('is filled up when the address has no number', () => {
    expect(customerBarcode('0270203', '大字津軽石')?.slice(7, 20)).toEqual(Array(13).fill('CC4'))
  })
})
