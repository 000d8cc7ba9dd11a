import type { KindLook } from './kind.ts'

const usual = {
  対象: { word: '対象', tone: 'done', icon: 'check', isBare: true },
  除外: { word: '除外', tone: 'wait', icon: 'minus' },
  要確認: { word: '要確認', tone: 'warn', icon: 'alert' },
} as const

/** 002 滞納者一覧 */
const delinquents: KindLook = {
  noun: '滞納者',
  counter: '件',
  whole: '把握した滞納',
  rest: '督促の対象',
  verdicts: usual,
  out: { action: 'exclude', verb: '除外する', noun: '除外' },
  back: { action: 'include', verb: '対象に戻す', noun: '対象' },
  columns: [
    ['change', 5.9],
    ['period', 5.2],
    ['chargedYen', 4.8],
    ['receivedYen', 4.8],
    ['unpaidYen', 4.8],
    ['paymentMethod', 8],
    ['why', 13],
  ],
  hidden: [],
  hasBreakdown: true,
  hasPaper: false,
}

/** 004 作成一覧 */
const noticeCheck: KindLook = {
  noun: '通知',
  counter: '通',
  whole: '作成一覧',
  rest: '発送',
  verdicts: {
    対象: { word: '発送', tone: 'done', icon: 'check', isBare: true },
    除外: { word: '引抜き', tone: 'wait', icon: 'minus' },
    要確認: { word: '引抜きの提案', tone: 'warn', icon: 'alert' },
  },
  chips: { 要確認: '決めていない', 除外: '引抜き・発行不能' },
  out: { action: 'pull', verb: '引き抜く', noun: '引抜き' },
  back: { action: 'unpull', verb: '発送する', noun: '発送' },
  columns: [
    ['printNo', 4.4],
    ['period', 5.2],
    ['printedYen', 5.2],
    ['currentYen', 5.2],
    ['why', 8.4], // the last that is seen beside the paper at 1366 px
    ['differenceYen', 5],
    ['lastReceivedOn', 7.6],
    ['lastReceivedYen', 5.8],
    ['lastReceivedRoad', 7],
  ],
  hidden: ['proposal', 'unprintable', 'noticeId', 'changes', 'unpaidYen'],
  hasPaper: true,
}

/** 006 送付一覧 */
const tainosha: KindLook = {
  noun: '送付する滞納者',
  counter: '件',
  whole: '滞納者一覧',
  rest: '送付',
  verdicts: {
    対象: { word: '送付', tone: 'done', icon: 'check', isBare: true },
    除外: { word: '非送付', tone: 'wait', icon: 'minus' },
    要確認: { word: '要確認', tone: 'warn', icon: 'alert' },
  },
  out: { action: 'exclude', verb: '非送付にする', noun: '非送付' },
  back: { action: 'include', verb: '送付に戻す', noun: '送付' },
  columns: [
    ['status', 5],
    ['period', 5.2],
    ['dueOn', 6],
    ['unpaidYen', 5.6],
    ['change', 6],
    ['why', 14],
  ],
  hidden: ['section', 'feeYen', 'entaikinYen'],
  hasPaper: false,
  hasFile: true,
}

/** A list of a kind this screen has no words for: all columns as the server names them. */
const unknown: KindLook = {
  ...delinquents,
  noun: '対象',
  whole: '全件',
  rest: '対象',
  columns: [['why', 14]],
  out: null,
  back: null,
}

const KINDS: Readonly<Record<string, KindLook>> = { delinquents, 'notice-check': noticeCheck, tainosha }

/** A row is a 期別; where several stand on one letter, letters are counted beside the rows and not by them. */
export function lookOf(kind: string, counted: Readonly<Record<string, number>>): KindLook {
  const look = KINDS[kind] ?? unknown
  return (counted['連記'] ?? 0) > 0 ? { ...look, counter: '件' } : look
}
