import { auditVerify } from '#tools/verbs/audit.ts'
import type { VerbContext } from '#tools/verbs/verb.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

// 証拠一式 of a run was handed to `koki audit verify --file`, as was a name that is not there: both ended in 「思わぬ誤り」 and a
// stack trace. The auditor must be told which file is wanted.
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'koki-verify-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const verify = async (path: string): Promise<{ code: number; lines: string[] }> => {
  const lines: string[] = []
  const context = { print: (line: string) => void lines.push(line) } as unknown as VerbContext // no server is asked
  return { code: await auditVerify.run(['--file', path], context), lines }
}

it('given the page of a run, then it says that this is no export and where one is taken', async () => {
  const page = join(folder, 'koki-evidence-R8-52-0001.html')
  writeFileSync(page, '<!doctype html>\n<html></html>\n')
  expect(await verify(page)).toEqual({
    code: 1,
    lines: [
      '× 書き出した記録として読めません(1行目)。次にすること: 「監査」の「記録を書き出す」で取ったファイルを指定してください。',
    ],
  })
})

it('given a file that is not there, then it is the refusal of every command', async () => {
  await expect(verify(join(folder, 'nothing.jsonl'))).rejects.toMatchObject({ code: 'FILE-012' })
})
