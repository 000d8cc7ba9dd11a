import { MikroORM } from '@mikro-orm/postgresql'
import { Migrator } from '@mikro-orm/migrations'
import { MIGRATIONS } from './migrations/index.ts'
import { NewerSchema } from './newer-schema.ts'

/**
 * Brings the schema up to this program's version. `ownerUrl` connects as koki_owner. A shorter list gives an older shape
 * (upgrade tests). Returns the names of the migrations it ran. Throws `NewerSchema` before touching anything newer.
 */
export async function migrate(
  ownerUrl: string,
  list: readonly (typeof MIGRATIONS)[number][] = MIGRATIONS,
): Promise<readonly string[]> {
  const orm = await MikroORM.init({
    clientUrl: ownerUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    forceUtcTimezone: true,
    migrations: {
      migrationsList: list.map((migration) => ({ name: migration.name, class: migration })),
      snapshot: false,
      silent: true,
      allOrNothing: true,
    },
  })
  try {
    const known = new Set(list.map(({ name }) => name))
    const done = await orm.migrator.getExecuted()
    const unknown = done.map(({ name }) => name).filter((name) => !known.has(name))
    if (unknown.length > 0) throw new NewerSchema(unknown)
    return (await orm.migrator.up()).map(({ name }) => name)
  } finally {
    await orm.close()
  }
}
