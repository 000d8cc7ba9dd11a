import { SHISAN } from '#rules/shisan/index.ts'
import { openContext } from '#tools/verbs/context.ts'
import { runKoki } from '#tools/verbs/run-koki.ts'
import { CHECKOUT } from '#tests/support/fixture-tree.ts'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'

const root = mkdtempSync(join(tmpdir(), 'koki-shisan-'))
const data = join(root, 'none')
const printed: string[] = []
const { context } = openContext({ KOKI_DATA: data }, (line) => printed.push(line))
beforeEach(() => printed.splice(0))
afterAll(() => rmSync(root, { recursive: true }))

/** The real process, in a place where nothing runs and no data lie. */
function koki(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(CHECKOUT, 'src/tools/koki.ts'), 'shisan', ...words],
    {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], KOKI_DATA: data },
    },
  )
  expect(existsSync(data)).toBe(false)
  return { status, stderr, lines: stdout.trimEnd().split('\n') }
}

const refusal = async (...words: string[]) => {
  expect(await runKoki(['shisan', ...words], context)).toBe(2)
  expect(printed).toHaveLength(1)
  return JSON.parse(printed.pop() ?? '') as object
}

describe('the process koki shisan', () => {
  it('prints the result as one line of JSON and then, when asked, why', () => {
    expect(koki('kiwari', '{"amountYen":92700,"periods":8,"unitYen":100}', '--explain')).toEqual({
      status: 0,
      stderr: '',
      lines: [
        '{"instalmentsYen":[12200,11500,11500,11500,11500,11500,11500,11500]}', // O-80
        '2期から後の額: 92,700円 ÷ 8期 = 11,587円(1円未満切捨て)、100円未満切捨て → 11,500円 [端数の単位100円〔出典: 瀬戸市、能美市〕]',
        '第1期の額: 92,700円 − 11,500円 × 7期(端数は第1期に合わせる) → 12,200円 [端数は最初の期に合わせる〔出典: 瀬戸市、能美市〕。地方税法20条の4の2第6項に準じる〔要確認: 準用の定め〕]',
      ],
    })
  })

  it('ends with 2 and one JSON error on standard output', () => {
    const { status, stderr, lines } = koki('kiwari', '{"amountYen":92700,"periods":13}')
    expect([status, stderr, lines.length]).toEqual([2, '', 1])
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      code: 'REQ-001',
      message: '依頼の形が正しくありません: 期数: 12以下にしてください。',
      field: '/periods',
      next: '入力を直してください。',
    })
  })
})

const LEFT_ALONE = /\/src\/(db\/database\.ts|engine\/)|\/workers\/|\/node_modules\/(pg|@mikro-orm)\//

/** Every file the real process loaded, by its address. */
function loadedBy(...words: string[]): readonly string[] {
  const folder = join(root, 'loaded')
  const env = { PATH: process.env['PATH'], KOKI_DATA: data, NODE_V8_COVERAGE: folder }
  expect(spawnSync(process.execPath, [join(CHECKOUT, 'src/tools/koki.ts'), ...words], { env }).status).toBe(0)
  return readdirSync(folder)
    .flatMap((file) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { result: { url: string }[] }).result)
    .map(({ url }) => url)
}

describe('what koki shisan loads', () => {
  it('is neither the database nor the engine: it answers in less than a second', () => {
    const loaded = loadedBy('shisan', 'kiwari', '{"amountYen":6000,"periods":4}')
    expect(loaded.some((url) => url.endsWith('/src/rules/shisan/kiwari.ts'))).toBe(true)
    expect(loaded.filter((url) => LEFT_ALONE.test(url))).toEqual([])
  })
})

describe('koki shisan', () => {
  it('prints nothing but the result when no explanation is asked for', async () => {
    expect(await runKoki(['shisan', 'kiwari', '{"amountYen":6000,"periods":4}'], context)).toBe(0)
    expect(printed).toEqual(['{"instalmentsYen":[1500,1500,1500,1500]}'])
  })

  it('lists every 試算 with its term', async () => {
    expect(await runKoki(['shisan'], context)).toBe(0)
    expect(printed.map((line) => line.split('\t').slice(0, 2))).toEqual(SHISAN.map(({ name, term }) => [name, term]))
  })

  it.each([
    ['a field that is none', '{"amountYen":1,"periods":8,"unit":100}', '/unit', 'unit: この項目はありません。'],
    ['a field that lacks', '{"amountYen":1}', '/periods', '期数: 必須の項目です。'],
    ['out of range', '{"amountYen":1,"periods":13}', '/periods', '期数: 12以下にしてください。'],
    [
      'a wrong unit',
      '{"amountYen":1,"periods":8,"unitYen":7}',
      '/unitYen',
      '端数の単位: 選べる値ではありません。100(100円)、1000(1,000円)、1(1円)から選んでください。',
    ],
    [
      'yen as a text',
      '{"amountYen":"1","periods":8}',
      '/amountYen',
      '割り振る金額: 値の型が違います。引用符のない数字(整数)で入れてください。',
    ],
    ['broken JSON', '{"amountYen":', '', 'JSON として読めません。'],
    ['no object', '[]', '', '入力: 値の型が違います。{ } で囲んだ項目の組にしてください。'],
  ])('refuses %s with one JSON error that names the field', async (_, json, field, detail) => {
    expect(await refusal('kiwari', json)).toEqual({
      code: 'REQ-001',
      message: `依頼の形が正しくありません: ${detail}`,
      field,
      next: '入力を直してください。',
    })
  })

  it('refuses an unknown name, and a name without input', async () => {
    expect(await refusal('kiwarii', '{}')).toEqual({
      code: 'SHISAN-001',
      message: 'kiwarii という試算はありません。',
      field: 'name',
      next: '「koki shisan」で一覧を確認してください。',
    })
    expect(await refusal('kiwari')).toMatchObject({ code: 'REQ-001', field: '' })
  })
})
