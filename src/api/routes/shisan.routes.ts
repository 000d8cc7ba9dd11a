import { Fault } from '#kernel/faults.ts'
import type { Register } from '#access/route.ts'
import { loadHolidays } from '#db/calendar.ts'
import { KNOWN_HOLIDAYS } from '#rules/calendar/known-holidays.ts'
import { SHISAN } from '#rules/shisan/index.ts'
import type { Api } from '../contract.ts'

/** 試算: values in, values out. Nothing of a person is read and nothing is recorded, so no event is written either. */
export function shisanRoutes(route: Register<Api>): void {
  route('GET /api/shisan', async () => ({
    items: SHISAN.map(({ name, term, summary, input, output, basis, formula, doubts }) => ({
      name,
      term,
      summary,
      input,
      output,
      basis: [...basis],
      formula: [...formula],
      doubts: [...doubts],
    })),
  }))
  for (const shisan of SHISAN)
    route(`POST /api/shisan/${shisan.name}`, async ({ db, body }) => {
      const holidays = await loadHolidays(db, KNOWN_HOLIDAYS.from, KNOWN_HOLIDAYS.to)
      const computed = shisan.compute(body, holidays)
      if (!computed.ok) {
        const { field, message: reason, next: remedy } = computed.error
        throw new Fault('SHISAN-002', { field, reason, remedy })
      }
      const { output, lines } = computed.value
      return { output, lines: [...lines] }
    })
}
