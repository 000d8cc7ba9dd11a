import { writeSampleSettings } from '#tools/sample/settings.ts'
import type { TestOffice } from './intake.ts'

/** Settings and ordinance options of the made-up municipality: company code and options of sheet 5.2 §8. */
export const registerNoticeSettings = (office: TestOffice): Promise<void> =>
  office.db.tx((tx) => writeSampleSettings(tx, office.clock))
