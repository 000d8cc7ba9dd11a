// Made by `npm run generate` from processes/*/*.bpmn, steps.tsv and the forms. Do not edit: change the model.

/** Each flow: its models, the message that starts a run, the variables a run starts with, deadlines that warn. */
export const FLOW_CONTRACTS = {
  '0-1-juryo-kakunin': {
    name: '0.1 受領確認(内部)',
    isInternal: true,
    models: [
      {
        file: '0-1-juryo-kakunin/juryo-kakunin.bpmn',
        processId: 'p-0-1-juryo-kakunin',
        message: '0-1-juryo-kakunin/start',
        startVariables: ['runId'],
        elements: { Start: '受領確認の開始', Step_001: '受領登録', Step_002: '受領確認', G1: '受領したか?', End: '受領済' },
        deadlines: {},
      },
    ],
  },
  '5-2-tokusoku': {
    name: '5.2 督促',
    isInternal: false,
    models: [
      {
        file: '5-2-tokusoku/tokusoku.bpmn',
        processId: 'p-5-2-tokusoku',
        message: '5-2-tokusoku/start',
        startVariables: [
          'runId',
          'dueOn',
          'asOf',
          'issueOn',
          'designatedOn',
          'confirmDueOn',
          'registerDueOn',
          'reflectAt',
          'confirmDueAt',
          'issueAt',
        ],
        elements: {
          Start: '督促処理の開始',
          E1: '納期限の経過, 収納の反映待ち',
          Step_001: '滞納者把握',
          Step_002: '督促・滞納者確認',
          Step_002_Due: '確認期限',
          End_002_Due: '係長へ知らせる',
          G1: '督促する人は?',
          Step_003: '督促状・納付書作成',
          Step_004: '督促状・納付書作成対象者確認',
          Step_004_Due: '発送日の9時',
          End_004_Due: '係長へ知らせる',
          G2: '発送してよいか?',
          E2: '督促状の発送',
          Step_005: '広域連合送付滞納者情報作成',
          Step_006: '広域連合送付滞納者確認',
          G3: '送付できたか?',
          Step_007: '督促発送情報登録',
          End_Issued: '督促発送済',
          End_None: '督促なし終了',
        },
        deadlines: {
          Step_002_Due: { step: '5-2-tokusoku/002-confirm-delinquents', at: 'confirmDueAt', notify: 'kakaricho' },
          Step_004_Due: { step: '5-2-tokusoku/004-check-notices', at: 'issueAt', notify: 'kakaricho' },
        },
      },
    ],
  },
} as const

/** Each step that runs in a model: its official name, its kind, where it stands, who may do it, how it may end. */
export const STEP_CONTRACTS = {
  '0-1-juryo-kakunin/001-register-receipt': {
    flow: '0-1-juryo-kakunin',
    no: '001',
    name: '受領登録',
    kind: 'service',
    processId: 'p-0-1-juryo-kakunin',
    elementId: 'Step_001',
    lane: '後期高齢担当課',
  },
  '0-1-juryo-kakunin/002-confirm-receipt': {
    flow: '0-1-juryo-kakunin',
    no: '002',
    name: '受領確認',
    kind: 'user',
    processId: 'p-0-1-juryo-kakunin',
    elementId: 'Step_002',
    lane: '後期高齢担当課',
    candidateGroups: ['koki'],
    decisions: [{ value: 'ok', label: '受領した', act: 'complete' }, { value: 'redo', label: '登録し直す', act: 'complete' }],
  },
  '5-2-tokusoku/001-identify-delinquents': {
    flow: '5-2-tokusoku',
    no: '001',
    name: '滞納者把握',
    kind: 'service',
    processId: 'p-5-2-tokusoku',
    elementId: 'Step_001',
    lane: '後期高齢担当課',
  },
  '5-2-tokusoku/002-confirm-delinquents': {
    flow: '5-2-tokusoku',
    no: '002',
    name: '督促・滞納者確認',
    kind: 'user',
    processId: 'p-5-2-tokusoku',
    elementId: 'Step_002',
    lane: '後期高齢担当課',
    candidateGroups: ['koki'],
    decisions: [{ value: 'ok', label: '確認済みにする', act: 'complete' }, { value: 'redo', label: '把握し直す', act: 'complete' }],
  },
  '5-2-tokusoku/003-make-tokusoku-notices': {
    flow: '5-2-tokusoku',
    no: '003',
    name: '督促状・納付書作成',
    kind: 'service',
    processId: 'p-5-2-tokusoku',
    elementId: 'Step_003',
    lane: '後期高齢担当課',
  },
  '5-2-tokusoku/004-check-notices': {
    flow: '5-2-tokusoku',
    no: '004',
    name: '督促状・納付書作成対象者確認',
    kind: 'user',
    processId: 'p-5-2-tokusoku',
    elementId: 'Step_004',
    lane: '後期高齢担当課',
    candidateGroups: ['koki'],
    decisions: [
      { value: 'ok', label: '発送を認める', act: 'release' },
      { value: 'redo', label: '作り直す', act: 'complete' },
      { value: 'recheck', label: '把握からやり直す', act: 'complete' },
    ],
  },
  '5-2-tokusoku/e2-dispatch-notices': {
    flow: '5-2-tokusoku',
    no: 'E2',
    name: '督促状の発送',
    kind: 'service',
    processId: 'p-5-2-tokusoku',
    elementId: 'E2',
    lane: '後期高齢担当課',
  },
  '5-2-tokusoku/005-make-tainosha-file': {
    flow: '5-2-tokusoku',
    no: '005',
    name: '広域連合送付滞納者情報作成',
    kind: 'service',
    processId: 'p-5-2-tokusoku',
    elementId: 'Step_005',
    lane: '後期高齢担当課',
  },
  '5-2-tokusoku/006-confirm-tainosha-file': {
    flow: '5-2-tokusoku',
    no: '006',
    name: '広域連合送付滞納者確認',
    kind: 'user',
    processId: 'p-5-2-tokusoku',
    elementId: 'Step_006',
    lane: '後期高齢担当課',
    candidateGroups: ['koki'],
    decisions: [{ value: 'ok', label: '送付を記録する', act: 'complete' }, { value: 'redo', label: '作り直す', act: 'complete' }],
  },
  '5-2-tokusoku/007-register-dispatch': {
    flow: '5-2-tokusoku',
    no: '007',
    name: '督促発送情報登録',
    kind: 'user',
    processId: 'p-5-2-tokusoku',
    elementId: 'Step_007',
    lane: '後期高齢担当課',
    candidateGroups: ['koki'],
    decisions: [{ value: 'ok', label: '登録する', act: 'complete' }],
  },
} as const

export type FlowContracts = typeof FLOW_CONTRACTS
export type FlowId = keyof FlowContracts
export type StepContracts = typeof STEP_CONTRACTS
export type StepId = keyof StepContracts
/** 工程名 of a step, character by character: a mismatch does not compile. */
export type OfficialNameOf<Id extends StepId> = StepContracts[Id]['name']
/** Step ids of one flow. */
export type StepIdOf<F extends FlowId> = { [Id in StepId]: StepContracts[Id]['flow'] extends F ? Id : never }[StepId]
/** Names of the process variables a run of the flow starts with. */
export type StartVariable<F extends FlowId> = FlowContracts[F]['models'][number]['startVariables'][number]
