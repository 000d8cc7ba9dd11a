import { readModel } from '#modeler/lint/read-model.ts'
import type { FlowModel } from '#modeler/lint/model.ts'
import { openElements, type Passed } from '#tools/rebuild/open-elements.ts'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'

// The stream of records may have been cut anywhere: each row is what was known then, and where the run goes on.
let tokusoku: FlowModel
let forked: FlowModel
beforeAll(async () => {
  const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
  tokusoku = await readModel(text('../../processes/5-2-tokusoku/tokusoku.bpmn'))
  forked = await readModel(FORKED)
})

/** `Step_001!` has ended, `Step_001` is active, `>Flow` was taken, `Step_001~` was terminated; in the order of records. */
function path(words: string, startedAt: readonly string[] = []) {
  const events = words.split(' ').filter(Boolean)
  const passed = events.flatMap((word, at): Passed[] =>
    word.startsWith('>')
      ? []
      : [
          {
            elementId: word.replace(/[!~]$/, ''),
            key: BigInt(at),
            position: BigInt(at),
            state: word.endsWith('!') ? 'completed' : word.endsWith('~') ? 'terminated' : 'active',
          },
        ],
  )
  const taken = events.flatMap((word, at) =>
    word.startsWith('>') ? [{ flowId: word.slice(1), position: BigInt(at) }] : [],
  )
  return { passed, taken, startedAt }
}
const TO_002 = 'Start! >Flow_Start_E1 E1! >Flow_E1_001 Step_001! >Flow_001_002'

describe('open elements', () => {
  it.each([
    ['nothing is known', '', []],
    ['the start has not ended', 'Start', ['E1']],
    ['the start has ended, its flow is not known', 'Start!', ['E1']],
    ['a flow was taken, its element has not begun', 'Start! >Flow_Start_E1', ['E1']],
    ['a timer waits', 'Start! >Flow_Start_E1 E1', ['E1']],
    ['a task is open', `${TO_002} Step_002`, ['Step_002']],
    [
      'a task is open and its deadline has warned',
      `${TO_002} Step_002 Step_002_Due! >Flow_002_Due End_002_Due!`,
      ['Step_002'],
    ],
    ['a deadline is just warning', `${TO_002} Step_002 Step_002_Due! >Flow_002_Due`, ['Step_002']],
    ['a decision is on its way', `${TO_002} Step_002!`, ['G1']],
    ['a decision has reached its gateway', `${TO_002} Step_002! >Flow_002_G1 G1`, ['G1']],
    ['a gateway has decided, its way is not known', `${TO_002} Step_002! >Flow_002_G1 G1!`, ['G1']],
    ['a gateway has chosen', `${TO_002} Step_002! >Flow_002_G1 G1! >G1_Redo`, ['Step_001']],
    ['the second round is at work', `${TO_002} Step_002! >Flow_002_G1 G1! >G1_Redo Step_001`, ['Step_001']],
    ['the second round goes on', `${TO_002} Step_002! >Flow_002_G1 G1! >G1_Redo Step_001! >Flow_001_002`, ['Step_002']],
    ['all has ended but the instance', 'Step_007! >Flow_007_End End_Issued!', ['End_Issued']],
  ] as const)('%s', (_, words, expected) => {
    expect(openElements(tokusoku, path(words)).elements).toEqual(expected)
  })

  it.each([
    ['has not begun', '', ['Step_004'], ['Step_004']],
    ['is open', 'Step_004', ['Step_004'], ['Step_004']],
    [
      'goes round to where it began',
      'Step_004! >Flow_004_G2 G2! >G2_Redo Step_003! >Flow_003_004',
      ['Step_004'],
      ['Step_004'],
    ],
    ['went further', 'Step_004! >Flow_004_G2 G2! >G2_Redo Step_003', ['Step_004'], ['Step_003']],
  ] as const)('of an instance that was begun at 004 and %s', (_, words, startedAt, expected) => {
    expect(openElements(tokusoku, path(words, startedAt)).elements).toEqual(expected)
  })

  it('are two where a model forks; a token that waits at the join is answered again', () => {
    const begun = 'Start! >s Fork! >f1 >f2'
    expect(openElements(forked, path(`${begun} A`)).elements).toEqual(['A', 'B'])
    expect(openElements(forked, path(`${begun} A B! >j2`))).toEqual({ elements: ['A', 'B'], again: [6n] })
    expect(openElements(forked, path(`${begun} A! B! >j1 >j2`))).toEqual({ elements: ['A', 'B'], again: [5n, 6n] })
  })

  it('of an instance that was ended from outside are refused', () => {
    expect(() => openElements(tokusoku, path('Start! >Flow_Start_E1 E1~'))).toThrow('ended from outside')
  })
})

const task = (id: string, into: string, out: string): string =>
  `<bpmn:serviceTask id="${id}"><bpmn:incoming>${into}</bpmn:incoming><bpmn:outgoing>${out}</bpmn:outgoing></bpmn:serviceTask>`
const flow = (id: string, from: string, to: string): string =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}" />`
const FORKED = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"><bpmn:process id="p">
  <bpmn:startEvent id="Start"><bpmn:messageEventDefinition messageRef="m" /></bpmn:startEvent>
  <bpmn:parallelGateway id="Fork" />${task('A', 'f1', 'j1')}${task('B', 'f2', 'j2')}<bpmn:parallelGateway id="Join" />
  <bpmn:endEvent id="End" />${flow('s', 'Start', 'Fork')}${flow('f1', 'Fork', 'A')}${flow('f2', 'Fork', 'B')}
  ${flow('j1', 'A', 'Join')}${flow('j2', 'B', 'Join')}${flow('e', 'Join', 'End')}
  </bpmn:process><bpmn:message id="m" name="x/start" /></bpmn:definitions>`
