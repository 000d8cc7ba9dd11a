import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkFlow } from '#modeler/lint/check-flow.ts'
import { lintModel } from '#modeler/lint/lint-model.ts'
import { stepElements } from '#modeler/lint/model.ts'
import { FORMS } from '#processes/forms.generated.ts'
import { isCandidate } from '#runtime/candidate-groups.ts'
import { checkCode } from '#tools/contract/check-code.ts'
import { checkTable } from '#tools/contract/check-table.ts'
import { readFlows } from '#tools/contract/read-flows.ts'
import { factsById } from '#tools/contract/step-facts-of.ts'
import { FLOWS } from '#workers/registry.ts'

const ROOT = join(import.meta.dirname, '../..')
const ROLES = ['tantou', 'kakaricho', 'gyomu', 'kansa', 'kanri']
const folders = await readFlows(join(ROOT, 'processes'))

it('every folder below processes is a registered flow, and the reverse', () => {
  expect(folders.map((folder) => folder.flow)).toEqual(['0-1-juryo-kakunin', '5-2-tokusoku'])
  expect(FLOWS.map((flow) => flow.flow).toSorted()).toEqual(folders.map((folder) => folder.flow).toSorted())
})

describe.each(folders)('$flow', (folder) => {
  const steps = FLOWS.find((flow) => flow.flow === folder.flow)?.steps ?? []

  it('its model is its table', () => {
    expect(folder.models.length).toBeGreaterThan(0)
    expect(folder.rows.length).toBeGreaterThan(0)
    expect(checkTable(folder)).toEqual([])
  })

  it('its code is its table, one file a step', async () => {
    expect(checkCode(folder, steps, FORMS)).toEqual([])
    const files = (await readdir(join(ROOT, 'workers', folder.flow))).filter((name) =>
      /^(\d{3}|e\d+)-.*\.ts$/.test(name),
    )
    const ours = folder.rows.filter((row) => row.slug !== '').map((row) => `${row.slug}.ts`)
    expect(files.toSorted()).toEqual(ours.toSorted())
  })

  it('its model lints clean', async () => {
    for (const { file } of folder.models)
      expect(await lintModel(await readFile(join(ROOT, 'processes', file), 'utf8'))).toEqual([])
  })

  it('on every path, every variable is set before it is read', () => {
    for (const { model } of folder.models) expect(checkFlow(model, factsById(steps))).toEqual([])
  })

  it('somebody may do each of its human steps', () => {
    const groups = folder.models.flatMap(({ model }) =>
      stepElements(model).flatMap((element) => (element.kind === 'user' ? element.groups : [])),
    )
    expect(groups.length).toBeGreaterThan(0)
    expect(groups.filter((group) => !ROLES.some((role) => isCandidate(group, [role])))).toEqual([])
  })
})
