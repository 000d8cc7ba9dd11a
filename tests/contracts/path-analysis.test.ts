import { describe, expect, it } from 'vitest'
import { assignedAt } from '#modeler/lint/assigned.ts'
import { checkFlow } from '#modeler/lint/check-flow.ts'
import type { FlowModel, ModelElement, Sequence } from '#modeler/lint/model.ts'
import type { StepFacts } from '#modeler/lint/step-facts.ts'

const at = { name: '', lane: '係' }
const start: ModelElement = { ...at, id: 'Start', kind: 'start' }
const end: ModelElement = { ...at, id: 'End', kind: 'end' }
const service = (id: string): ModelElement => ({ ...at, id, name: id, kind: 'service', step: id })
const user = (id: string): ModelElement => ({
  ...at,
  id,
  name: id,
  kind: 'user',
  step: id,
  formKey: id,
  groups: ['koki'],
})
const gateway = (id: string, defaultFlow: string): ModelElement => ({ ...at, id, kind: 'exclusive', defaultFlow })
const parallel = (id: string): ModelElement => ({ ...at, id, kind: 'parallel' })
const deadline = (on: string, expression: string): ModelElement => ({
  ...at,
  id: `${on}_Due`,
  kind: 'boundary',
  on,
  isInterrupting: false,
  notify: 'kakaricho',
  trigger: { kind: 'timer', expression },
})

/** `Start>A`, `G>B:count > 0`: a line, with its condition after the colon. */
const line = (text: string): Sequence => {
  const [way = '', condition] = text.split(/:(.*)/s)
  const [from = '', to = ''] = way.split('>')
  return { id: way, name: '', from, to, condition: condition ?? null }
}
const flow = (
  elements: readonly ModelElement[],
  lines: readonly string[],
  startVariables: readonly string[] = [],
): FlowModel => ({
  processId: 'p-9-9-test',
  name: 'test',
  messageName: '9-9-test/start',
  startVariables,
  lanes: ['係'],
  elements: [start, ...elements, end],
  sequences: lines.map(line),
})

const step = (id: string, facts: Partial<StepFacts>): StepFacts => ({
  id,
  officialName: id,
  kind: 'service',
  needs: [],
  gives: [],
  refusals: [],
  decisions: null,
  ...facts,
})
const person = (id: string, decisions: readonly string[], gives: readonly string[] = ['decision']): StepFacts =>
  step(id, { kind: 'user', decisions, gives })
const steps = (...all: readonly StepFacts[]) => new Map(all.map((one) => [one.id, one]))
const rules = (model: FlowModel, all: ReadonlyMap<string, StepFacts>) =>
  checkFlow(model, all).map(({ rule, element }) => `${rule} ${element}`)

describe('variables on every path', () => {
  it('a need that an earlier step gives is met; one that nobody gives is named', () => {
    // given A → B, where B needs what A gives, and one thing more
    const model = flow([service('A'), service('B')], ['Start>A', 'A>B', 'B>End'], ['runId'])
    const known = steps(step('A', { needs: ['runId'], gives: ['count'] }), step('B', { needs: ['count', 'fileId'] }))
    // then only the missing one is found, with the way on which it is missing
    const findings = checkFlow(model, known)
    expect(findings.map(({ rule, element }) => `${rule} ${element}`)).toEqual(['path/unset-variable B'])
    expect(findings[0]?.message).toBe('「B」が使う fileId は、次の道では設定されません: Start → A → B')
  })

  it('a union of outputs is not enough: a variable of one branch is unset behind the join', () => {
    // given G → A → B and G → B: count is set on the first way only
    const model = flow(
      [user('U'), gateway('G', 'G>B'), service('A'), service('B')],
      ['Start>U', 'U>G', 'G>A:decision = "ok"', 'G>B', 'A>B', 'B>End'],
    )
    const known = steps(person('U', ['ok', 'redo']), step('A', { gives: ['count'] }), step('B', { needs: ['count'] }))
    expect(rules(model, known)).toEqual(['path/unset-variable B'])
  })

  it('a loop back does not set a variable for the first round', () => {
    // given A → U → G → (redo) A: version is set by U, so A lacks it the first time
    const model = flow(
      [service('A'), user('U'), gateway('G', 'G>A')],
      ['Start>A', 'A>U', 'U>G', 'G>A', 'G>End:decision = "ok"'],
    )
    const known = steps(step('A', { needs: ['version'] }), person('U', ['ok', 'redo'], ['decision', 'version']))
    expect(rules(model, known)).toEqual(['path/unset-variable A'])
    expect(rules({ ...model, startVariables: ['version'] }, known)).toEqual([])
  })

  it('a gateway that reads a count which one path never sets is found at the gateway', () => {
    const model = flow(
      [user('U'), gateway('G', 'G>B'), service('A'), service('B'), gateway('H', 'H>End')],
      ['Start>U', 'U>G', 'G>A:decision = "ok"', 'G>B', 'A>B', 'B>H', 'H>A:noticeCount > 0', 'H>End'],
    )
    const known = steps(person('U', ['ok', 'redo']), step('A', { gives: ['noticeCount'] }), step('B', {}))
    expect(rules(model, known)).toEqual(['path/unset-variable H'])
  })

  it('a parallel join has what any of its ways brings', () => {
    const model = flow(
      [parallel('F'), service('A'), service('B'), parallel('J'), service('C')],
      ['Start>F', 'F>A', 'F>B', 'A>J', 'B>J', 'J>C', 'C>End'],
    )
    const known = steps(step('A', { gives: ['a'] }), step('B', { gives: ['b'] }), step('C', { needs: ['a', 'b'] }))
    expect(rules(model, known)).toEqual([])
    expect([...(assignedAt(model, known).get('C') ?? [])].toSorted()).toEqual(['a', 'b'])
  })

  it('a deadline on a task cannot read what the task itself gives', () => {
    // given a deadline that waits for dueAt, which only the task it watches sets
    const model = flow([user('U'), deadline('U', 'dueAt')], ['Start>U', 'U>End', 'U_Due>End'])
    expect(rules(model, steps(person('U', ['ok'], ['dueAt'])))).toEqual(['path/unset-variable U_Due'])
    expect(rules({ ...model, startVariables: ['dueAt'] }, steps(person('U', ['ok'], [])))).toEqual([])
  })

  it('what no token reaches and what is no FEEL is named', () => {
    const model = flow(
      [user('U'), gateway('G', 'G>End'), service('Lost')],
      ['Start>U', 'U>G', 'G>End', 'G>U:decision = "ok" then', 'Lost>End'],
    )
    const found = rules(model, steps(person('U', ['ok']), step('Lost', {})))
    expect(found).toContain('path/unreachable Lost')
    expect(found).toContain('path/unreadable-expression G')
  })
})

describe('decisions', () => {
  const model = (condition: string) =>
    flow([user('U'), gateway('G', 'G>U')], ['Start>U', 'U>G', `G>End:${condition}`, 'G>U'])

  it('a value that nobody can choose before the gateway is named', () => {
    expect(rules(model('decision = "okay"'), steps(person('U', ['ok', 'redo'])))).toEqual([
      'decision/unknown-value G',
      'decision/forgotten-value G',
    ])
  })
  it('one unnamed value takes the default way, two are a forgotten one', () => {
    expect(rules(model('decision = "ok"'), steps(person('U', ['ok', 'redo'])))).toEqual([])
    expect(rules(model('decision = "ok"'), steps(person('U', ['ok', 'redo', 'recheck'])))).toEqual([
      'decision/forgotten-value G',
    ])
  })
  it('only the last person before the gateway counts', () => {
    // given U (ok, reimport) → V (ok, redo) → G: V has overwritten what U chose
    const two = flow(
      [user('U'), user('V'), gateway('G', 'G>V')],
      ['Start>U', 'U>V', 'V>G', 'G>End:decision = "reimport"', 'G>V'],
    )
    expect(rules(two, steps(person('U', ['ok', 'reimport']), person('V', ['ok', 'redo'])))).toContain(
      'decision/unknown-value G',
    )
  })
})

describe('refusals and steps', () => {
  const caught = (code: string | null): ModelElement => ({
    ...at,
    id: 'A_Error',
    kind: 'boundary',
    on: 'A',
    isInterrupting: true,
    notify: null,
    trigger: { kind: 'error', code },
  })
  const base = ['Start>A', 'A>End']

  it('a thrown refusal must be caught, and a caught one must be thrown', () => {
    const thrower = steps(step('A', { refusals: ['F99-01'] }))
    expect(rules(flow([service('A')], base), thrower)).toEqual(['refusal/not-caught A'])
    expect(rules(flow([service('A'), caught('F99-01')], [...base, 'A_Error>End']), thrower)).toEqual([])
    expect(rules(flow([service('A'), caught(null)], [...base, 'A_Error>End']), thrower)).toEqual([])
    expect(rules(flow([service('A'), caught('F99-02')], [...base, 'A_Error>End']), thrower)).toEqual([
      'refusal/not-caught A',
      'refusal/never-thrown A',
    ])
  })
  it('a task without step, of the wrong kind, with another name or drawn twice is named', () => {
    expect(rules(flow([service('A')], base), steps())).toEqual(['step/unknown A'])
    expect(rules(flow([service('A')], base), steps(person('A', ['ok'])))).toEqual(['step/kind A'])
    expect(rules(flow([service('A')], base), steps(step('A', { officialName: 'ア' })))).toEqual(['step/name A'])
    const twice = flow([service('A'), { ...service('A'), id: 'A2' }], ['Start>A', 'A>A2', 'A2>End'])
    expect(rules(twice, steps(step('A', {})))).toEqual(['step/twice A2'])
  })
})
