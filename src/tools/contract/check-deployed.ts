import type { Sql } from '#db/database.ts'
import { checkFlow } from '#modeler/lint/check-flow.ts'
import { readModel } from '#modeler/lint/read-model.ts'
import { factsById, type ContractedStep } from './step-facts-of.ts'

/** A version of a model that does not keep what it promises the steps of this program, or they it. */
export interface BrokenModel {
  readonly processId: string
  readonly version: number
  readonly findings: readonly string[]
}

/**
 * The contract tests over what is really deployed: every model in force, and every former version that still has an
 * instance. A newer program must not leave a run under way with a step that it no longer has.
 */
export async function checkDeployed(sql: Sql, steps: readonly ContractedStep[]): Promise<readonly BrokenModel[]> {
  const models = await sql.rows<{ processId: string; version: number; xml: string }>(
    `select m.process_id as "processId", m.version, m.xml from models m
      where m.in_force_from is not null and m.in_force_until is null
         or exists (select from model_deployments d join trace_instances i
              on i.epoch = d.epoch and i.definition_key = d.definition_key
            where d.model_id = m.id and i.state = 'active' and i.epoch = (select max(epoch) from engine_epochs))
      order by m.process_id, m.version`,
  )
  const facts = factsById(steps)
  const broken: BrokenModel[] = []
  for (const { processId, version, xml } of models) {
    const found = checkFlow(await readModel(xml), facts)
    if (found.length > 0)
      broken.push({ processId, version, findings: found.map(({ element, message }) => `${element}: ${message}`) })
  }
  return broken
}
