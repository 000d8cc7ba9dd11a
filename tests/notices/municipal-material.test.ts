import { describe, expect, it } from 'vitest'
import { noticeGlyphs } from '#notices/glyphs.ts'
import type { WindowSettings } from '#notices/municipality.ts'
import { sealAssets, sealTypeOf } from '#notices/seal.ts'
import { readStoredView } from '#notices/stored-view.ts'
import { type TokusokuMaterial, tokusokuView } from '#notices/tokusoku.view.ts'
import { windowFault } from '#notices/window.ts'
import { SAMPLE_NOTICE_SETTINGS } from '#tools/sample/settings.ts'
import { SAMPLE_SEAL } from '#tools/sample/seal.ts'
import { MATERIAL, notice, OPTIONS, SETTINGS } from './sample.ts'

const make = (settings: Partial<TokusokuMaterial>, change: Parameters<typeof notice>[0] = {}) =>
  tokusokuView(notice(change), OPTIONS, { ...SETTINGS, ...settings }, noticeGlyphs())

describe('窓あき封筒の設定', () => {
  const window: WindowSettings = { leftMm: 22, topMm: 14, widthMm: 90, heightMm: 45, playXMm: 4.5, playYMm: 3 }
  it('the settings of the sample fit', () => {
    expect(windowFault(window)).toBeNull()
    expect(windowFault(SAMPLE_NOTICE_SETTINGS.window)).toBeNull()
  })

  it.each<[string, Partial<WindowSettings>, string]>([
    ['a wide play', { playXMm: 5 }, '窓の右に発行者が見えます'],
    ['a high play', { playYMm: 4 }, '窓の下に表題が見えます'],
    ['a window at the edge', { topMm: 8, heightMm: 30, playYMm: 9 }, '窓が用紙からはみ出します'],
    ['bars longer than the window', { widthMm: 70, playXMm: 4 }, 'カスタマバーコードが窓に収まりません'],
  ])('%s: %s', (_, change, fault) => {
    expect(windowFault({ ...window, ...change })).toBe(fault)
  })

  it('smaller bars fit a narrow window with much play (長形3号, inserted by machine)', () => {
    const narrow: WindowSettings = { leftMm: 32, topMm: 20, widthMm: 70, heightMm: 30, playXMm: 9.7, playYMm: 7 }
    expect(windowFault(narrow)).toBe('カスタマバーコードが窓に収まりません')
    expect(windowFault({ ...narrow, barPoints: 9 })).toBeNull()
    expect(make({ window: { ...narrow, barPoints: 9 } }).view.window.barPoints).toBe('9')
  })

  it('a window that does not fit makes no letter: NOTE-006', () => {
    expect(() => make({ window: { ...window, playXMm: 6 } })).toThrow(expect.objectContaining({ code: 'NOTE-006' }))
  })
})

describe('公印', () => {
  const svg = (inside: string) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`)
  it.each([
    ['a drawing', svg('<rect width="1" height="1"/>'), 'svg'],
    ['a picture', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(20)]), 'png'],
    ['a drawing with a picture inside', svg('<image href="data:image/png;base64,AA=="/>'), 'svg'],
    ['a script', svg('<script>1</script>'), null],
    ['a picture from elsewhere', svg('<image href="https://example.invalid/seal.png"/>'), null],
    ['an entity', Buffer.from('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>'), null],
    ['a PDF', Buffer.from('%PDF-1.7'), null],
    ['nothing', Buffer.alloc(0), null],
    ['too much', Buffer.concat([SAMPLE_SEAL, Buffer.alloc(200_000, 32)]), null],
  ])('%s: %#', (_, bytes, type) => {
    expect(sealTypeOf(bytes)).toBe(type)
  })

  it('a letter keeps the one it was made with; one that is not registered is told', () => {
    const { seal } = make({}).view.issuer
    expect(seal).toMatch(/^seal-[0-9a-f]{16}\.svg$/)
    expect(sealAssets([seal, '', seal], MATERIAL.seals)?.map(({ name }) => name)).toEqual([seal])
    expect(sealAssets(['seal-0000000000000000.svg'], MATERIAL.seals)).toBeNull()
  })
})

describe('教示文', () => {
  const textOf = (settings: Partial<TokusokuMaterial>, heading: string) =>
    make(settings).view.paragraphs.find((one) => one.heading === heading)?.text

  it('is the municipality’s own when it has one, with its names filled in', () => {
    expect(textOf({}, '審査請求')).toContain('見本県後期高齢者医療審査会に対して')
    expect(textOf({ appealText: '不服のある方は{reviewBoard}へ申し出てください。' }, '審査請求')).toBe(
      '不服のある方は見本県後期高齢者医療審査会へ申し出てください。',
    )
  })

  it('of the 取消訴訟 stands there only when the municipality gives it', () => {
    expect(textOf({}, '取消訴訟')).toBeUndefined()
    const lawsuitText =
      '{municipality}を被告として({issuerTitle}が被告の代表者となります。)、取消しの訴えを提起できます。'
    expect(textOf({ lawsuitText }, '取消訴訟')).toBe(
      '見本市を被告として(見本市長が被告の代表者となります。)、取消しの訴えを提起できます。',
    )
  })
})

describe('町域の後の住所', () => {
  const towns = new Map([['0000011', ['三番町']]])

  it('goes into the bars of the letter', () => {
    const addressee = { ...notice().addressee, address: '見本県見本市三番町12番3号', building: '' }
    const [without, withTown] = [{}, { towns }].map((one) => make(one, { addressee }).view.window.bars)
    const plain = { ...addressee, address: '12番3号' }
    expect(withTown).toBe(make({}, { addressee: plain }).view.window.bars)
    expect(withTown).not.toBe(without)
  })
})

describe('a view stored before', () => {
  it('without a size of its bars is printed with 10 points', () => {
    const { barPoints: _, ...window } = make({}).view.window
    expect(readStoredView(JSON.stringify({ ...make({}).view, window })).window.barPoints).toBe('10')
  })
})
