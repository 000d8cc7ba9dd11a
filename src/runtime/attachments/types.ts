/** 添付できる種類. What a file is, is judged by its bytes; its name must end as such a file is named. */
export const ATTACHMENT_TYPES = {
  pdf: { label: 'PDF', endings: ['pdf'] },
  png: { label: 'PNG', endings: ['png'] },
  jpeg: { label: 'JPEG', endings: ['jpg', 'jpeg'] },
  xlsx: { label: 'Excel', endings: ['xlsx'] },
  text: { label: 'テキスト', endings: ['txt', 'csv'] },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly endings: readonly string[] }>>
export type AttachmentType = keyof typeof ATTACHMENT_TYPES

/** What was noted of a file while its bytes went by. */
export interface Glance {
  /** The first bytes. */
  readonly head: Buffer
  /** The last bytes: the directory of a zip stands there. */
  readonly tail: Buffer
  /** UTF-8 or Shift_JIS from end to end, without control characters. */
  readonly isText: boolean
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
const JPEG = Buffer.from('ffd8ff', 'hex')
const PDF = Buffer.from('%PDF-')
const ZIP = Buffer.from('504b0304', 'hex')

/** The type of a file by its bytes, or null when it is none that may be attached (programs, macros, pages, archives). */
export function typeOfBytes({ head, tail, isText }: Glance): AttachmentType | null {
  const begins = (magic: Buffer): boolean => head.subarray(0, magic.length).equals(magic)
  if (begins(PDF)) return 'pdf'
  if (begins(PNG)) return 'png'
  if (begins(JPEG)) return 'jpeg'
  if (begins(ZIP)) return isPlainWorkbook(namesInZip(tail)) ? 'xlsx' : null
  return isText && head.length > 0 ? 'text' : null
}

/** Whether a name ends as a file of this type does; 「.html」 on a text would be run by a browser that opens it later. */
export function isNamedAs(type: AttachmentType, name: string): boolean {
  const endings: readonly string[] = ATTACHMENT_TYPES[type].endings
  return endings.includes(/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '')
}

/** A workbook without anything that runs: no macros, no ActiveX. */
const isPlainWorkbook = (names: readonly string[]): boolean =>
  names.includes('[Content_Types].xml') &&
  names.includes('xl/workbook.xml') &&
  !names.some((name) => /vbaproject|activex/i.test(name))

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const END_BYTES = 22
const ENTRY_BYTES = 46

/** Names in a zip's directory; none when it does not stand whole at the end of these bytes. Layout: PKWARE APPNOTE 4.3. */
function namesInZip(tail: Buffer): string[] {
  let end = tail.length - END_BYTES
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1
  if (end < 0) return []
  const names: string[] = []
  let at = end - tail.readUInt32LE(end + 12) // the directory lies directly before its end record
  while (at >= 0 && at + ENTRY_BYTES <= end && tail.readUInt32LE(at) === DIRECTORY_ENTRY) {
    const nameBytes = tail.readUInt16LE(at + 28)
    names.push(tail.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes))
    at += ENTRY_BYTES + nameBytes + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32)
  }
  return at === end ? names : []
}
