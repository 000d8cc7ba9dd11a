import pg from 'pg'

/** Passwords of the three roles (architecture: koki_owner migrates, koki_app works, koki_read reads). */
export interface RolePasswords {
  readonly koki_owner: string
  readonly koki_app: string
  readonly koki_read: string
}

const ROLES = ['koki_owner', 'koki_app', 'koki_read'] as const
export const DATABASE = 'koki'

/**
 * Creates the roles and the database `koki`, owned by koki_owner; repeats harmlessly and brings passwords up to date.
 * What a role may touch inside the database is granted by the migrations.
 */
export async function ensureRoles(adminUrl: string, passwords: RolePasswords): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    for (const role of ROLES) {
      const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role])
      const verb = rowCount === 0 ? 'create' : 'alter'
      await client.query(
        `${verb} role ${role} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password ${client.escapeLiteral(passwords[role])}`,
      )
    }
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await createDatabase(client, DATABASE)
  } finally {
    await client.end()
  }
}

/** Creates a database that only our roles may enter. `template` must have no connections. */
export async function createDatabase(client: pg.Client, name: string, template = 'template1'): Promise<void> {
  const id = client.escapeIdentifier(name)
  await client.query(`create database ${id} owner koki_owner template ${client.escapeIdentifier(template)}`)
  await client.query(`revoke all on database ${id} from public`)
  await client.query(`grant connect on database ${id} to koki_app, koki_read`)
  // an incoming file is staged in a temporary table of its own transaction
  await client.query(`grant temporary on database ${id} to koki_app`)
}
