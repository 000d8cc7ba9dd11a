import type { AlarmKind } from './alarms.ts'

/** 警報 in words for people. */
export interface AlarmWords {
  /** What has happened. */
  readonly message: string
  /** 次にすること */
  readonly next: string
  /** person: somebody clears it when he has looked · cause: it goes by itself when its cause is gone */
  readonly clearedBy: 'person' | 'cause'
}

/** Every alarm. The manual (`src/docs/manual/trouble.md`) tells more of each; a test compares. */
export const ALARM_WORDS: Readonly<Record<AlarmKind, AlarmWords>> = {
  exchanged: {
    message: 'エンジンのデータが入れ替わっています。自動の処理を止めています。',
    next: 'システム管理者が npm run koki -- engine rebuild を行ってください。進行中の処理はすべて引き継がれます。',
    clearedBy: 'cause',
  },
  quarantine: {
    message: 'エンジンの記録のうち、読めないものを隔離しました。',
    next: '稼働状況で記録を読み直してください。読めないときは、プログラムを新しい版に替えてから読み直してください。',
    clearedBy: 'person',
  },
  'outbox-late': {
    message: 'エンジンへの連絡が遅れています。',
    next: 'エンジンが動いていることを確かめてください(koki doctor)。つながると自動で追いつきます。',
    clearedBy: 'cause',
  },
  'run-lost': {
    message: 'エンジンが処理を打ち切りました。',
    next: '実行状況でその処理を確かめ、必要なら中止して始め直してください。確かめたら警報を消してください。',
    clearedBy: 'person',
  },
  'disk-low': {
    message: 'ディスクの空き容量が少なくなっています。',
    next: 'システム管理者が、古い控えや別のファイルを片付けてください。',
    clearedBy: 'cause',
  },
  'disk-full': {
    message: 'ディスクの空き容量が足りないため、ファイルの受領と処理の開始を止めています。',
    next: 'システム管理者が、すぐに空き容量を増やしてください。増えると10秒ほどで自動で戻ります。',
    clearedBy: 'cause',
  },
}

const isKnown = (kind: string): kind is AlarmKind => kind in ALARM_WORDS

/** Words of a stored alarm; one of a newer program is shown by its name. */
export const alarmWords = (kind: string): AlarmWords =>
  isKnown(kind)
    ? ALARM_WORDS[kind]
    : { message: kind, next: '新しい版のプログラムで始め直してください。', clearedBy: 'person' }
