import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

// 「確認済みにする」 that still waits for something is grey. Under the pointer it turned dark blue with its grey words on it: nobody
// could read it, and it looked as if it could be pressed.
it('no look of a button under the pointer wins over a button that is held back', () => {
  const sheet = readFileSync(join(import.meta.dirname, '../../src/web/ui/koki.css'), 'utf8')
  const looks = [...sheet.matchAll(/^\.btn\.\w+:hover[^{]*/gm)].map(([selector]) => selector.trim())
  expect(looks.length).toBeGreaterThan(1)
  expect(looks.filter((selector) => !selector.endsWith(":not([aria-disabled='true'])"))).toEqual([])
})
