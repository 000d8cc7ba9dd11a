import type { Static } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import type { Sql } from '#db/database.ts'
import type { TaskSavedView } from '../company.schema.ts'
import type { Look } from './task-list.ts'

type View = Static<typeof TaskSavedView>
/** What a view holds, before its tasks are counted. */
export type StoredView = Omit<View, 'count' | 'isCountExact'>
/** What a person sends to save or change one. */
export type ViewDraft = Pick<View, 'name' | 'filter' | 'columns'> & { readonly unitId?: string }

const MINE = `v.removed_at is null and (v.user_id = $1 or v.unit_id = any($2::bigint[]))`

/** 保存した表示 of a person and of the 係 they belong to; those of a 係 first. */
export async function storedViews(sql: Sql, { viewer }: Look): Promise<StoredView[]> {
  const rows = await sql.rows<StoredView & { unitId: string | null; unitName: string | null }>(
    `select v.id::text as "viewId", v.name, v.unit_id::text as "unitId", n.name as "unitName", v.filter, v.columns,
       s.name as "savedBy", v.user_id is not null or $3 as "mayChange"
     from task_views v left join units n on n.id = v.unit_id join users u on u.id = v.saved_by join staff s on s.id = u.staff_id
     where ${MINE} order by v.user_id is not null, n.code, v.id`,
    [viewer.user.userId, viewer.units, viewer.user.roles.includes('kakaricho')],
  )
  return rows.map(({ unitId, unitName, ...view }) => ({
    ...view,
    unit: unitId === null ? null : { unitId, name: unitName ?? '' },
  }))
}

/** Who may save for a 係: a 係長 who belongs to it. Throws AUTH-002. */
export function checkMaySave({ viewer }: Look, unitId: string | undefined): void {
  if (unitId === undefined) return
  if (!viewer.user.roles.includes('kakaricho') || !viewer.units.includes(BigInt(unitId))) throw new Fault('AUTH-002')
}

/** Saves a new view; answers its id. Throws TASK-015 for a name that is taken. */
export async function insertView(sql: Sql, { viewer, now }: Look, draft: ViewDraft): Promise<string> {
  const row = await sql.maybe<{ id: string }>(
    `insert into task_views (user_id, unit_id, name, filter, columns, saved_by, saved_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id::text as id`,
    [
      draft.unitId === undefined ? viewer.user.userId : null,
      draft.unitId ?? null,
      draft.name,
      JSON.stringify(draft.filter),
      draft.columns,
      viewer.user.userId,
      now,
    ],
  )
  if (row === null) throw new Fault('TASK-015')
  return row.id
}

/** Ends a view that this person may change; answers it. Throws TASK-016 for any other. */
export async function removeView(sql: Sql, look: Look, viewId: string): Promise<StoredView> {
  const view = (await storedViews(sql, look)).find((one) => one.viewId === viewId)
  if (view === undefined) throw new Fault('TASK-016')
  if (!view.mayChange) throw new Fault('AUTH-002')
  await sql.run(`update task_views set removed_at = $2 where id = $1`, [viewId, look.now])
  return view
}
