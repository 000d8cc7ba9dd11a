import { createHash } from 'node:crypto'

/** 「見本」: a picture in the place of a 公印 that nobody can take for one. */
export const SAMPLE_SEAL = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect x="4" y="4" width="92" height="92" rx="10" fill="none" stroke="#c8102e" stroke-width="4" stroke-dasharray="10 5"/><g fill="#c8102e" font-family="BIZ UDGothic" font-weight="bold" font-size="38" text-anchor="middle"><text x="50" y="46">見</text><text x="50" y="86">本</text></g></svg>`,
  'utf8',
)
export const SAMPLE_SEAL_SHA256 = createHash('sha256').update(SAMPLE_SEAL).digest('hex')
