import { Migration } from '@mikro-orm/migrations'
import type { Constructor } from '@mikro-orm/core'

/** A migration that is one SQL text. `name` is stored in the database: never rename one that has shipped. */
export function sqlMigration(name: string, sql: string): Constructor<Migration> & { readonly name: string } {
  const migration = class extends Migration {
    override up(): void {
      this.addSql(sql)
    }
  }
  Object.defineProperty(migration, 'name', { value: name })
  return migration
}
