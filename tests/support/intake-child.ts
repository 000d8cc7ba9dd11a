// A process of its own that reads one file, for tests that kill it. Arguments by environment.
import { plainDateOf } from '#kernel/plain-date.ts'
import { openDatabase } from '#db/database.ts'
import { openOfficeIntake } from '#intake/office-intake.ts'

const need = (name: string): string => {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is missing`)
  return value
}
const db = openDatabase(need('TEST_DATABASE_URL'))
const clock = { now: () => '2026-08-14T00:00:00.000Z', today: () => plainDateOf('2026-08-14') }
const { intake } = openOfficeIntake({ db, clock, dataFolder: need('TEST_DATA'), log: () => undefined })
await intake.processFile(need('TEST_FILE_ID'))
await db.close()
