import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files of a minute and more, longest first. Begun last, one of them would leave a core with nothing to do. */
const LONG = [
  'flows/tokusoku-kills',
  'flows/engine-faults',
  'tools/start.heavy',
  'web/tokusoku-by-keyboard',
  'flows/random-kills',
  'web/screens',
]
const place = ({ moduleId }: TestSpecification): number => {
  const at = LONG.findIndex((name) => moduleId.endsWith(`/tests/${name}.test.ts`))
  return at < 0 ? LONG.length : at
}

/** The order in which workers take files: the long ones, then as vitest sorts. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}
