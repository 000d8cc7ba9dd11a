import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { checkFlow } from '#modeler/lint/check-flow.ts'
import { lintModel } from '#modeler/lint/lint-model.ts'
import { stepElements } from '#modeler/lint/model.ts'
import { readModel } from '#modeler/lint/read-model.ts'
import type { StepFacts } from '#modeler/lint/step-facts.ts'
import { checkTable } from '#tools/contract/check-table.ts'
import { readFlow } from '#tools/contract/read-flows.ts'
import { officialFlow, officialFlows, sources } from '#tools/new-flow/flow-tables.ts'
import { skeletonOf } from '#tools/new-flow/skeleton.ts'
import { writeBpmn } from '#tools/new-flow/write-bpmn.ts'
import { writeFlow } from '#tools/new-flow/write-flow.ts'
import { decisionsAfter } from '#tools/new-step/decisions.ts'
import { writeStep } from '#tools/new-step/write-step.ts'

const ROOT = join(import.meta.dirname, '../..')
const FLOW = '3-6-koza-furikae-irai'
const all = await officialFlows()

it('the official flows are 19 with 178 numbered steps, each with an English slug of its own', async () => {
  const tables = await Promise.all(all.map(({ flow }) => officialFlow(flow)))
  const numbered = tables.flatMap(({ flow, rows }) =>
    rows.filter((row) => /^\d{3}$/.test(row.no)).map((row) => ({ flow, ...row })),
  )
  expect(tables.length).toBe(19)
  expect(numbered.length).toBe(178)
  for (const { no, slug } of numbered) expect(slug).toMatch(new RegExp(`^${no}-[a-z]+(-[a-z]+)*$`))
  expect(new Set(numbered.map(({ flow, slug }) => `${flow}/${slug}`)).size).toBe(178)
})

it('every source that a table names is in the list of sources', async () => {
  const known = await sources()
  for (const { flow } of all)
    for (const row of (await officialFlow(flow)).rows)
      for (const [code] of row.evidence.matchAll(/\b[LS]\d+\b/g)) expect([...known.keys()]).toContain(code)
})

it.each(all)('$flow: its skeleton is drawn clean, and every path sets what it reads', async ({ flow }) => {
  // given the skeleton drawn from the official table
  const xml = writeBpmn(skeletonOf(await officialFlow(flow)))
  const model = await readModel(xml)
  // when its steps set nothing but the decisions the model itself names
  const facts = stepElements(model).map((element): [string, StepFacts] => {
    const decisions = element.kind === 'user' ? decisionsAfter(model, element.id).map((one) => one.value) : null
    const gives = decisions ? ['decision'] : []
    const id = element.step ?? ''
    return [
      id,
      { id, officialName: element.name, kind: element.kind, needs: ['runId'], gives, refusals: [], decisions },
    ]
  })
  // then neither lint nor path analysis finds anything, and every numbered row is a task
  expect(await lintModel(xml)).toEqual([])
  expect(checkFlow(model, new Map(facts))).toEqual([])
  expect(facts.length).toBeGreaterThan(3)
})

/** A place that looks like the repository to the generators and to the compiler. */
async function temporaryRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'koki-new-flow-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  await cp(join(ROOT, 'processes'), join(root, 'processes'), { recursive: true })
  await cp(join(ROOT, 'package.json'), join(root, 'package.json'))
  await symlink(join(ROOT, 'src'), join(root, 'src'))
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  const tsconfig: unknown = JSON.parse(await readFile(join(ROOT, 'tsconfig.json'), 'utf8'))
  const { compilerOptions } = tsconfig as { compilerOptions: object } // our own file
  await writeFile(
    join(root, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { ...compilerOptions, preserveSymlinks: true },
      include: ['workers', `tests/workers`],
    }),
  )
  return root
}

const compile = (root: string) =>
  promisify(execFile)(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', root])

it('new:flow and new:step give a flow that compiles, fits its table, and refuses to run or to pass its tests', async () => {
  const root = await temporaryRoot()
  // when the flow and all its steps are created
  const written = [...(await writeFlow(root, FLOW))]
  const { rows } = await officialFlow(FLOW)
  for (const row of rows) if (row.slug !== '') written.push(...(await writeStep(root, FLOW, row.no)))
  // then table, model and forms agree
  const folder = await readFlow(join(root, 'processes'), FLOW)
  expect(checkTable(folder)).toEqual([])
  expect(folder.forms.map((form) => [form.step, form.decisions.map((one) => one.value)])).toEqual([
    [`${FLOW}/001-register-account`, ['ok']],
    [`${FLOW}/002-confirm-account`, ['ok', 'redo']],
    [`${FLOW}/005-confirm-debit-targets`, ['ok', 'redo']],
    [`${FLOW}/007-confirm-debit-file`, ['ok', 'redo']],
  ])
  // and what is in workers/ and tests/ compiles, says that it is not written, and there is a test for each step
  await compile(root)
  expect((await readdir(join(root, 'tests/workers', FLOW))).toSorted()).toEqual([
    ...['001-register-account', '002-confirm-account', '003-make-start-notices', '004-extract-debit-targets'].map(
      (name) => `${name}.test.ts`,
    ),
    ...['005-confirm-debit-targets', '006-make-debit-file', '007-confirm-debit-file'].map((name) => `${name}.test.ts`),
    'README.md',
  ])
  for (const file of written.filter((name) => name.endsWith('.ts')))
    expect(await readFile(join(root, file), 'utf8')).toMatch(/throw new Error\(.*not written/)
  expect(written.length).toBe(6 + 7 * 2 + 4)
})

it("a step whose name or id is not the model's does not compile", async () => {
  const root = await temporaryRoot()
  await writeFlow(root, FLOW)
  await writeStep(root, FLOW, '003')
  const file = join(root, 'workers', FLOW, '003-make-start-notices.ts')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace("officialName: '口座振替開始", "officialName: '口座振替の開始"))
  await expect(compile(root)).rejects.toMatchObject({ stdout: expect.stringContaining('Type \'"口座振替の開始') })
  await writeFile(file, text.replace(`id: '${FLOW}/003-`, `id: '${FLOW}/013-`))
  await expect(compile(root)).rejects.toMatchObject({ stdout: expect.stringContaining('013-make-start-notices') })
})

it('nothing is overwritten and nothing is invented', async () => {
  const root = await temporaryRoot()
  await expect(writeFlow(root, '5-2-tokusoku')).rejects.toThrow('processes/5-2-tokusoku exists already')
  await expect(writeFlow(root, '9-9-nothing')).rejects.toThrow('there is no official flow 9-9-nothing')
  await writeFlow(root, FLOW)
  await writeStep(root, FLOW, '001')
  await expect(writeStep(root, FLOW, '001')).rejects.toThrow('EEXIST')
  await expect(writeStep(root, FLOW, '099')).rejects.toThrow(`processes/${FLOW}/steps.tsv has no step 099 with a slug`)
})
