import type { Bounds, Point } from './diagram.ts'

const LINE = 14
const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) < 0x80 ? 6.5 : 11), 0)

/** The box a name fills at 11 px, broken into lines no wider than `max`. */
export function textBox(text: string, { x, y }: Point, max: number): Bounds {
  const full = widthOf(text) + 2
  const lines = Math.ceil(full / max)
  return { x, y, width: Math.ceil(Math.min(full, max)), height: LINE * (lines > 1 ? lines + 1 : 1) }
}
