import { readNoticeSettings } from '#notices/read-settings.ts'
import { writeSampleSettings } from '#tools/sample/settings.ts'
import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { csv } from '#tests/support/intake.ts'
import { person } from '#tests/support/office-facts.ts'
import { untranslated } from '#tests/support/untranslated.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// 設定 → 自治体の設定, ファイルの様式, 開庁日. The test's day is 2026-08-14 (Friday).
let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
  await api.office.db.tx((tx) => writeSampleSettings(tx, api.office.clock))
})
afterAll(async () => {
  await api.close()
})

const get = async <T>(as: Login, path: string): Promise<T> =>
  (await api.call(as, 'GET', `/api/settings/${path}`)).json<T>()
const post = (as: Login, path: string, body?: unknown) => api.call(as, 'POST', `/api/settings/${path}`, body)
const codeOf = (reply: { json(): { code: string }; statusCode: number }) => [reply.statusCode, reply.json().code]
interface Detail {
  readonly value: Record<string, unknown>
  readonly fields: readonly {
    readonly path: string
    readonly label: string
    readonly kind: string
    readonly isOptional: boolean
  }[]
  readonly waiting: { readonly changeId: string; readonly differences: unknown } | null
  readonly history: readonly { readonly state: string; readonly differences: unknown }[]
  readonly canEnforce: boolean
  readonly enforceRefusal: string | null
}
const enforce = (as: Login, id: string | undefined) => post(as, `changes/${id}/enforce`)

describe('自治体の設定', () => {
  const notices = (as: Login) => get<Detail>(as, 'municipality/notices')
  it('is a form made from the schema, every field with its name', async () => {
    const { fields } = await notices('tantou')
    expect(fields.filter(({ label, path }) => label === path)).toEqual([])
    expect(fields.find(({ path }) => path === 'office.phone')).toMatchObject({
      label: '問合せ先の電話',
      kind: 'text',
      isOptional: false,
    })
    expect(fields.find(({ path }) => path === 'paymentPlaces')).toMatchObject({ kind: 'lines' })
    expect(fields.find(({ path }) => path === 'mpn')).toMatchObject({ kind: 'group', isOptional: true })
    expect(fields.find(({ path }) => path === 'seal')).toMatchObject({ kind: 'choice', isOptional: true })
  })
  it('changes when a second person puts it in force, and keeps what was before', async () => {
    const { value } = await notices('tantou')
    const changed = { ...value, office: { ...(value['office'] as object), phone: '000-111-2222' } }
    expect((await post('tantou', 'municipality/notices', { value: changed, reason: '電話の変更' })).statusCode).toBe(
      201,
    )
    expect(codeOf(await post('tantou2', 'municipality/notices', { value: changed, reason: '電話の変更' }))).toEqual([
      409,
      'SET-002',
    ])
    const seen = await notices('kakaricho')
    expect(seen).toMatchObject({
      canEnforce: true,
      waiting: { differences: [{ label: '問合せ先の電話', before: '000-000-0000', after: '000-111-2222' }] },
    })
    expect((await readNoticeSettings(api.office.db)).office.phone).toBe('000-000-0000')
    expect((await enforce('kakaricho', seen.waiting?.changeId)).statusCode).toBe(200)
    expect((await readNoticeSettings(api.office.db)).office.phone).toBe('000-111-2222')
    expect((await notices('kanri')).history).toMatchObject([
      {
        state: 'inForce',
        decidedBy: '三枝 みのり',
        enforcedBy: '佐伯 修',
        differences: [{ label: '問合せ先の電話', before: '000-000-0000', after: '000-111-2222' }],
      },
    ])
    expect(codeOf(await enforce('kanri', seen.waiting?.changeId))).toEqual([409, 'SET-005'])
  })
  it('is not put in force by who proposed it', async () => {
    const { value } = await notices('kakaricho')
    const { id } = (
      await post('kakaricho', 'municipality/notices', { value: { ...value, issuerName: '見本 次郎' }, reason: '就任' })
    ).json<{ id: string }>()
    expect(await notices('kakaricho')).toMatchObject({
      canEnforce: false,
      enforceRefusal: '変更を出した人は施行できません。',
    })
    expect(codeOf(await enforce('kakaricho', id))).toEqual([403, 'SET-001'])
    expect(codeOf(await post('tantou', `changes/${id}/refuse`, { reason: '誤り' }))).toEqual([403, 'AUTH-002'])
    expect((await post('kakaricho', `changes/${id}/refuse`, { reason: '取り下げ' })).statusCode).toBe(200)
    expect((await notices('kakaricho')).history[0]).toMatchObject({ state: 'refused', refusedWhy: '取り下げ' })
  })
  it.each([
    [{ companyCode: '12' }, '請求書発行企業コード(6桁)'],
    [{ window: { leftMm: 60, topMm: 14, widthMm: 100, heightMm: 45 } }, '窓の右に発行者が見えます'],
    [{ seal: { sha256: 'a'.repeat(64), type: 'svg' } }, '公印は登録したもの'],
    [{ unknown: 1 }, 'unknown'],
  ])('refuses %j in words', async (change, words) => {
    const { value } = await notices('tantou')
    const reply = await post('tantou', 'municipality/notices', { value: { ...value, ...change }, reason: '試験' })
    expect(codeOf(reply)).toEqual([422, 'SET-003'])
    expect(reply.json<{ detail: string; title: string }>().title).toContain(words)
  })
})

describe('ファイルの様式', () => {
  interface Layout extends Detail {
    readonly text: string
    readonly isOwn: boolean
    readonly files: readonly { readonly fileId: string; readonly status: string }[]
  }
  const layout = (as: Login = 'tantou') => get<Layout>(as, 'profiles/atena')
  interface Profile {
    version: number
    columns: { name: string; field: string; isProtected?: boolean }[]
  }
  const upload = async (text: string): Promise<{ state: string; own: bigint | null }> => {
    const id = await api.office.intake.receiveFile(
      (async function* () {
        yield Buffer.from(text)
      })(),
      'atena',
      'atena.csv',
      { userId: null, name: 'test', terminal: '' },
    )
    await api.office.intake.processFile(id)
    return api.office.db.one(`select state, profile_version_id as own from files where id = $1`, [id])
  }
  const shippedText = () => csv(api.office.profiles, 'atena', [person(1)])
  /** As the municipality's system writes it: 「氏名」 is called 「宛名氏名」 there. */
  const theirText = () => shippedText().replace('氏名,', '宛名氏名,')
  const theirs = async (change: (profile: Profile) => void = () => undefined): Promise<string> => {
    const profile = JSON.parse((await layout()).text) as Profile
    profile.version += 1
    for (const column of profile.columns) if (column.name === '氏名') column.name = '宛名氏名'
    change(profile)
    return JSON.stringify(profile)
  }

  it('of the municipality is tried on a refused file without leaving anything, then holds from its second person on', async () => {
    expect(theirText()).not.toBe(shippedText())
    expect(await upload(theirText())).toEqual({ state: 'refused', own: null })
    const fileId = (await layout()).files[0]?.fileId
    const text = await theirs()
    const trial = await post('tantou', 'profiles/atena/try', { text, fileId })
    expect(trial.json()).toEqual({ lines: 1, rejected: 0, errors: [], refusal: null })
    expect((await post('tantou', 'profiles/atena/try', { text: (await layout()).text, fileId })).json()).toMatchObject({
      lines: 0,
      refusal: { code: 'FILE-002' },
    })
    expect(await api.office.db.one(`select count(*)::int as people from persons`)).toEqual({ people: 0 })
    const { id } = (await post('tantou', 'profiles/atena', { text, reason: '住記の改修' })).json<{ id: string }>()
    expect(await upload(theirText())).toMatchObject({ state: 'refused' })
    expect(codeOf(await enforce('tantou', id))).toEqual([403, 'AUTH-002'])
    expect((await enforce('kanri', id)).statusCode).toBe(200)
    expect(await upload(theirText())).toEqual({ state: 'accepted', own: BigInt(id) })
    expect(await layout()).toMatchObject({
      isOwn: true,
      history: [{ state: 'inForce', decidedBy: '三枝 みのり', enforcedBy: '向井 渉' }],
    })
  })
  it.each([
    ['loses a field', (profile: Profile) => void profile.columns.pop(), 422, 'FILE-010'],
    [
      'loses a protection',
      (profile: Profile) => profile.columns.forEach((column) => delete column.isProtected),
      422,
      'FILE-010',
    ],
    ['keeps the version number', (profile: Profile) => void (profile.version -= 1), 422, 'SET-003'],
  ])('that %s is refused', async (_, change, status, code) => {
    const reply = await post('tantou', 'profiles/atena', { text: await theirs(change), reason: '試験' })
    expect(codeOf(reply)).toEqual([status, code])
  })
  it('that is no JSON is refused', async () => {
    expect(codeOf(await post('tantou', 'profiles/atena', { text: '{ "kind": ', reason: '試験' }))).toEqual([
      422,
      'FILE-010',
    ])
  })
})

describe('開庁日', () => {
  it('closed by the municipality tells what it reaches, counts at once, and can be taken back', async () => {
    const effect = await get<{ isOpenDay: boolean }>('tantou', 'closures/2026-08-17')
    expect(effect).toEqual({ isOpenDay: true, tasksDueThen: 0, tasksWithLess: 0, runs: [] })
    const add = (as: Login, closedOn: string) => post(as, 'closures', { closedOn, name: '創立記念日' })
    expect(codeOf(await add('tantou', '2026-08-17'))).toEqual([403, 'AUTH-002'])
    expect(codeOf(await add('kakaricho', '2026-08-14'))).toEqual([422, 'SET-003'])
    expect(codeOf(await add('kakaricho', '2026-08-15'))).toEqual([409, 'SET-007'])
    expect((await add('kakaricho', '2026-08-17')).statusCode).toBe(201)
    expect(await get('tantou', 'closures')).toMatchObject({
      items: [{ closedOn: '2026-08-17', name: '創立記念日', recordedBy: '佐伯 修' }],
    })
    expect(await get('tantou', 'closures/2026-08-17')).toMatchObject({ isOpenDay: false })
    expect((await post('kanri', 'closures/2026-08-17/remove')).statusCode).toBe(200)
    expect(await get('tantou', 'closures')).toMatchObject({ items: [] })
    expect(
      await api.office.db.rows(`select kind, actor from audit_events where kind like 'closure-%' order by id`),
    ).toEqual([
      { kind: 'closure-set', actor: 'kakaricho' },
      { kind: 'closure-removed', actor: 'kanri' },
    ])
  })
})

describe('the records of all this', () => {
  it('are in Japanese: names and values', async () => {
    expect(await untranslated(api)).toEqual([])
  })
})
