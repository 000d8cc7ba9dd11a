import type { NoticeAsset } from './compile-pdf.ts'
import type { NoticeSettings, SealPicture } from './municipality.ts'

/** Name of a 公印 among the assets of a rendering: it follows its content, so an equal view means an equal picture. */
export const sealName = ({ sha256, type }: NonNullable<NoticeSettings['seal']>): string =>
  `seal-${sha256.slice(0, 16)}.${type}`

/** The pictures that views name, out of the registered ones; null when one of them is not registered. */
export function sealAssets(names: Iterable<string>, seals: readonly SealPicture[]): readonly NoticeAsset[] | null {
  const assets: NoticeAsset[] = []
  for (const name of new Set(names)) {
    if (name === '') continue
    const seal = seals.find((one) => sealName(one) === name)
    if (!seal) return null
    assets.push({ name, bytes: seal.bytes })
  }
  return assets
}

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
const MOST_BYTES = 200_000

/**
 * What kind of picture the bytes are; null when they cannot be a 公印: neither PNG nor SVG, too large, or an SVG that runs or
 * fetches something.
 */
export function sealTypeOf(bytes: Buffer): SealPicture['type'] | null {
  if (bytes.length === 0 || bytes.length > MOST_BYTES) return null
  if (bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) return 'png'
  const text = bytes.toString('utf8')
  const isSvg = /^(?:<\?xml[^>]*>\s*)?<svg[\s>]/.test(text.trimStart())
  return isSvg && !/<script|<foreignObject|<!ENTITY|(?:href|src)\s*=\s*["'](?!#|data:image\/)/i.test(text)
    ? 'svg'
    : null
}
