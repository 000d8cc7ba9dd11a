// npm run check [NAME…]: the checks without the tests.
import { CHECKS } from './checks/index.ts'
import { checkoutFolder } from './launch/data-folder.ts'
import { runChecks } from './run-checks.ts'

const wanted = process.argv.slice(2)
const checks = CHECKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
const { passed, failed } = await runChecks(checkoutFolder(), console.log, checks)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
