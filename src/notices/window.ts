import type { WindowSettings } from './municipality.ts'

/** What the template prints around the window: 発行者 to the right of it, the heading below, the fold under the panel. In mm. */
const ISSUER_MM = 121.5
const HEADING_MM = 65.5
const FOLD_MM = 99

/** 67 bars and the 66 spaces between them, each 0.06 mm a point wide. */
const BARS_AND_SPACES = 133
const MM_PER_BAR_POINT = 0.06
/** 余白 around the カスタマバーコード [own knowledge, verify]. */
const QUIET_MM = 2

export const barPointsOf = (window: WindowSettings): number => window.barPoints ?? 10

/** Height of the bars with the space above and below, in mm. */
export const barsHeightMm = (window: WindowSettings): number => 6 * MM_PER_BAR_POINT * barPointsOf(window) + 3.4

/**
 * 窓あき封筒の設定が用紙に合うか: the hole is the field grown by the play, and a sheet that has slid shows the field grown by twice
 * the play. Nothing of ours may stand there, the panel must not end there, and the bars with their margin must be seen
 * whole. The first thing that is wrong, in Japanese; null when all is well.
 */
export function windowFault(window: WindowSettings): string | null {
  const { leftMm, topMm, widthMm, heightMm, playXMm = 0, playYMm = 0 } = window
  const bars = BARS_AND_SPACES * MM_PER_BAR_POINT * barPointsOf(window)
  if (leftMm + widthMm + 2 * playXMm > ISSUER_MM) return '窓の右に発行者が見えます'
  if (topMm + heightMm + 2 * playYMm > HEADING_MM) return '窓の下に表題が見えます'
  if (topMm + heightMm + playYMm > FOLD_MM) return '窓が折り目にかかります'
  if (leftMm - playXMm < 0 || topMm - playYMm < 0) return '窓が用紙からはみ出します'
  // the field is seen whole already; to its right the hole shows `play` more
  if (bars + QUIET_MM > widthMm + playXMm) return 'カスタマバーコードが窓に収まりません'
  return null
}
