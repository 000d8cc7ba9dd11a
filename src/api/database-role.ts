import type { Sql } from '#db/database.ts'
import { Fault } from '#kernel/faults.ts'

/** The product never works as owner or superuser: what must not be rewritten would be in its reach. Fault SYS-014. */
export async function refusePowerfulRole(sql: Sql): Promise<void> {
  const role = await sql.one<{ name: string; isPowerful: boolean }>(
    `select current_user as name, rolsuper or has_table_privilege(current_user, 'audit_events', 'update') as "isPowerful"
     from pg_roles where rolname = current_user`,
  )
  if (role.isPowerful)
    throw new Fault('SYS-014', {
      variable: 'DATABASE_URL',
      value: role.name,
      wanted: 'koki_app の接続先にしてください(所有者や管理者では動きません)',
    })
}
