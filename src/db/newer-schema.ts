/** The database was migrated by a newer program than this one. */
export class NewerSchema extends Error {
  constructor(unknown: readonly string[]) {
    super(
      `データベースは、このプログラムより新しい版で作られています(${unknown.join(', ')})。次にすること: 新しい版のプログラムで始めてください。`,
    )
    this.name = 'NewerSchema'
  }
}
