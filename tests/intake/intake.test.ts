import { SYSTEM } from '#audit/events.ts'
import { fileErrors, listFiles, openContent, readFile } from '#intake/files.ts'
import { openIntake } from '#intake/intake.ts'
import { FILE_LOADERS } from '#intake/loaders.ts'
import { loadProfiles } from '#intake/profiles.ts'
import { csv, openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import { insured, instalment, person, receipt } from '#tests/support/office-facts.ts'
import iconv from 'iconv-lite'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

// architecture §8 Layouts; layouts.md, common part
let office: TestOffice
beforeAll(async () => {
  office = await openTestOffice('2026-08-14T00:00:00.000Z')
})
afterAll(() => office.close())

const persons = async (): Promise<bigint> => (await office.db.one<{ n: bigint }>(`select count(*) as n from persons`)).n
const atena = (rows: Parameters<typeof csv>[2]): string => csv(office.profiles, 'atena', rows)
const receive = (bytes: string | Buffer, kind = 'atena'): Promise<string> =>
  office.intake.receiveFile(once(Buffer.from(bytes)), kind, 'a.csv', SYSTEM)
async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

describe('a received file', () => {
  it('keeps its bytes, hash and name, and is not read yet', async () => {
    const fileId = await receive(atena([person(1)]))
    expect(await readFile(office.db, fileId)).toMatchObject({
      status: 'received',
      name: 'a.csv',
      kind: 'atena',
      accepted: null,
      rejected: null,
      byteSize: BigInt(Buffer.byteLength(atena([person(1)]))),
    })
    expect(await text(await openContent(office.db, office.store, fileId))).toBe(atena([person(1)]))
    expect(await persons()).toBe(0n)
  })
  it('is read after a restart, wherever the former process was killed', async () => {
    const [waiting] = (await listFiles(office.db, { limit: 1 })).items
    const killed = await receive(atena([person(2)]))
    await office.db.run(`update files set state = 'reading' where id = $1`, [killed])
    await office.intake.resume()
    expect(await readFile(office.db, waiting?.fileId ?? '')).toMatchObject({
      status: 'accepted',
      accepted: 1n,
      rejected: 0n,
    })
    expect(await readFile(office.db, killed)).toMatchObject({ status: 'accepted', lines: 1n })
    expect(await persons()).toBe(2n)
  })
  it('of an unknown kind is refused at once', async () => {
    await expect(receive('x', 'nothing')).rejects.toMatchObject({ code: 'FILE-001' })
    await expect(receive('x', 'tainosha')).rejects.toMatchObject({ code: 'FILE-001' })
  })
  it('leaves nothing behind when its stream breaks', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('half')
      throw new Error('line dropped')
    }
    await expect(office.intake.receiveFile(broken(), 'atena', 'b.csv', SYSTEM)).rejects.toThrow('line dropped')
    expect(readdirSync(join(office.folder, 'files')).filter((name) => name.endsWith('.part'))).toEqual([])
  })
  it('is told to open screens when it comes and when it ends', async () => {
    const heard: string[] = []
    const listener = await office.db.listen('koki_changes', (payload) => heard.push(payload))
    const { fileId } = await office.load('atena', atena([person(20)]))
    await vi.waitFor(() => expect(heard).toEqual(Array(2).fill(JSON.stringify({ kind: 'file', fileId }))))
    await listener.stop()
  })
  it('tells its kinds of end to the journal', async () => {
    expect(await office.db.rows(`select kind, count(*) as n from audit_events group by kind order by kind`)).toEqual([
      { kind: 'file-accepted', n: 3n },
      { kind: 'file-received', n: 3n },
    ])
  })
})

describe('the same bytes', () => {
  it('are refused after they were accepted, naming the former file', async () => {
    const again = await receive(atena([person(1)]))
    await office.intake.processFile(again)
    expect(await readFile(office.db, again)).toMatchObject({
      status: 'refused',
      refusalCode: 'FC01',
      refusalMessage: 'このファイルは受け入れ済みです(a.csv、2026-08-14 09:00)。',
    })
  })
  it('may come again after a refusal', async () => {
    const bytes = csv(office.profiles, 'hihokensha', [insured(3)])
    const early = await receive(bytes, 'hihokensha')
    await office.intake.processFile(early)
    expect(await readFile(office.db, early)).toMatchObject({ status: 'refused', refusalCode: 'FILE-005', rejected: 1n })
    await office.load('atena', atena([person(3)]))
    const late = await receive(bytes, 'hihokensha')
    await office.intake.processFile(late)
    expect(await readFile(office.db, late)).toMatchObject({ status: 'accepted', accepted: 1n })
  })
  it('at the same time: one wins', async () => {
    const bytes = atena([person(4)])
    const ids = [await receive(bytes), await receive(bytes), await receive(bytes)]
    const other = openIntake({ ...office, loaders: FILE_LOADERS, log: () => undefined })
    await Promise.all(ids.map((id, index) => (index === 1 ? other : office.intake).processFile(id)))
    const states = await Promise.all(ids.map(async (id) => (await readFile(office.db, id)).status))
    expect(states.toSorted()).toEqual(['accepted', 'refused', 'refused'])
  })
  it('of another kind are another file', async () => {
    const file = await office.load('soufusaki', atena([person(1)]))
    expect(file).toMatchObject({ status: 'refused', refusalCode: 'FILE-002' })
  })
})

describe('bad lines', () => {
  it('are listed with line, column, value, reason and 次にすること, and never half applied', async () => {
    const file = await office.load(
      'atena',
      atena([person(5), person(6, { 生年月日: '1945-13-01', 性別: '女性' }), person(7)]),
    )
    expect(file).toMatchObject({ status: 'accepted', lines: 3n, accepted: 2n, rejected: 1n })
    expect(await fileErrors(office.db, file.fileId, { after: 0, limit: 10 })).toEqual({
      total: 2n,
      items: [
        {
          number: 1,
          line: 3n,
          field: '生年月日',
          value: '1945-13-01',
          code: 'L12',
          message: '日付として読めません(YYYY-MM-DD)',
          next: '実在する日付に直してください。',
        },
        {
          number: 2,
          line: 3n,
          field: '性別',
          value: '女性',
          code: 'L15',
          message: '決められた値ではありません(男、女、不明)',
          next: 'いずれかの値に直してください。',
        },
      ],
    })
    expect(await office.db.maybe(`select 1 from persons where atena_no = '000000000000006'`)).toBeNull()
  })
  it('refuse the whole file where the profile says so', async () => {
    const own = join(office.folder, 'profiles')
    mkdirSync(own, { recursive: true })
    const shipped = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../src/intake/profiles/atena.json'), 'utf8'),
    ) as object
    writeFileSync(join(own, 'atena.json'), JSON.stringify({ ...shipped, onBadLine: 'refuseFile', encoding: 'cp932' }))
    const profiles = loadProfiles(own)
    const strict = openIntake({ ...office, profiles, loaders: FILE_LOADERS, log: () => undefined })
    const bytes = iconv.encode(atena([person(8, { 氏名: '髙﨑 花子' }), person(9, { 生年月日: 'x' })]), 'cp932')
    const refused = await strict.receiveFile(once(bytes), 'atena', 'c.csv', SYSTEM)
    await strict.processFile(refused)
    expect(await readFile(office.db, refused)).toMatchObject({
      status: 'refused',
      refusalCode: 'FILE-006',
      accepted: 0n,
      rejected: 1n,
    })
    const good = await strict.receiveFile(
      once(iconv.encode(atena([person(8, { 氏名: '髙﨑 花子' })]), 'cp932')),
      'atena',
      'd.csv',
      SYSTEM,
    )
    await strict.processFile(good)
    expect(await office.db.one(`select name from person_versions where name_folded = '高崎花子'`)).toEqual({
      name: '髙﨑 花子',
    })
    rmSync(own, { recursive: true })
  })
})

describe('an own profile', () => {
  it('with fields of its own is refused with what is wanted', () => {
    const own = join(office.folder, 'profiles')
    mkdirSync(own, { recursive: true })
    const yuyo = office.profiles.of('yuyo', 'in')
    writeFileSync(join(own, 'yuyo.json'), JSON.stringify({ ...yuyo, columns: yuyo.columns.slice(1) }))
    expect(() => loadProfiles(own)).toThrow(/レイアウト定義 yuyo\.json が使えません: 項目は次のとおりに.*fuka_year:int/)
    writeFileSync(join(own, 'yuyo.json'), JSON.stringify({ ...yuyo, encoding: 'ebcdic' }))
    expect(() => loadProfiles(own)).toThrow(/レイアウト定義 yuyo\.json が使えません: \/encoding/)
    rmSync(own, { recursive: true })
  })
})

describe('a defect while loading', () => {
  it('leaves nothing of the file and logs no value', async () => {
    await office.load('hihokensha', csv(office.profiles, 'hihokensha', [insured(1)]))
    await office.load('kiwari', csv(office.profiles, 'kiwari', [instalment(1)]))
    const failing = openIntake({
      ...office,
      loaders: FILE_LOADERS.map((loader) => ({
        ...loader,
        apply: async (...args: Parameters<typeof loader.apply>) => {
          await loader.apply(...args)
          await args[0].run(`select '見本 秘密'::int`)
        },
      })),
      log: (line) => logged.push(line),
    })
    const logged: string[] = []
    const id = await failing.receiveFile(
      once(Buffer.from(csv(office.profiles, 'shuno', [receipt()]))),
      'shuno',
      'e.csv',
      SYSTEM,
    )
    await failing.processFile(id)
    expect(await readFile(office.db, id)).toMatchObject({ status: 'refused', refusalCode: 'FILE-009' })
    expect(logged).toEqual([`file ${id}: error 22P02`])
    expect(await office.db.one(`select count(*) as n from postings where kind = '収納'`)).toEqual({ n: 0n })
  })
  it('is not a defect when the database was only busy: it is read again', async () => {
    let tried = 0
    const busy = openIntake({
      ...office,
      loaders: FILE_LOADERS.map((loader) => ({
        ...loader,
        apply: async (...args: Parameters<typeof loader.apply>) => {
          tried += 1
          if (tried === 1)
            await args[0].run(`do $$ begin raise exception 'busy' using errcode = 'deadlock_detected'; end $$`)
          await loader.apply(...args)
        },
      })),
      log: () => undefined,
    })
    const id = await busy.receiveFile(once(Buffer.from(atena([person(11)]))), 'atena', 'f.csv', SYSTEM)
    await busy.processFile(id)
    expect(await readFile(office.db, id)).toMatchObject({ status: 'accepted', accepted: 1n })
    expect(tried).toBe(2)
  })
  it('says so when the bytes are gone', async () => {
    const id = await receive(atena([person(10)]))
    const { sha256 } = await readFile(office.db, id)
    rmSync(office.store.pathOf(sha256 ?? ''))
    await office.intake.processFile(id)
    expect(await readFile(office.db, id)).toMatchObject({ status: 'refused', refusalCode: 'FILE-008' })
    await expect(openContent(office.db, office.store, id)).rejects.toMatchObject({ code: 'FILE-008' })
  })
})

describe('the list of files', () => {
  it('goes in pages, newest first, with a filter', async () => {
    const all = await listFiles(office.db, { status: 'accepted', kind: 'atena', limit: 100 })
    expect(all.total).toBe(BigInt(all.items.length))
    const first = await listFiles(office.db, { status: 'accepted', kind: 'atena', limit: 2 })
    const last = first.items.at(-1)
    if (!last) throw new Error('no page')
    const second = await listFiles(office.db, { status: 'accepted', kind: 'atena', limit: 100, after: last })
    expect([...first.items, ...second.items].map((file) => file.fileId)).toEqual(all.items.map((file) => file.fileId))
  })
})
