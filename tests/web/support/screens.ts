import type { Login } from '#tests/support/api.ts'
import type { Desk } from './desk.ts'
import { INSTANCE } from './many-rows.ts'

/** What the office of the axe test holds, by id. */
export interface Made {
  /** A task with a long list and many 添付, and its run. */
  readonly taskId: string
  readonly bigRunId: string
  /** A run that is over: printed, reported, with a letter that stayed. */
  readonly runId: string
  /** A person under 支援措置, and the return of a letter to them. */
  readonly guardedId: string
  readonly guardedReturnId: string
  readonly returnId: string
  /** A person with a letter and a character that cannot be printed. */
  readonly rareId: string
  readonly fileId: string
  /** What the small run gave to the 広域連合. */
  readonly sentFileId: string
}

/** One screen as axe sees it. */
export interface Screen {
  /** Path of the route in the router. */
  readonly route: string
  readonly login: Login
  readonly address: (made: Made) => string
  /** Stands on the screen when its rows have come. */
  readonly sees: string | RegExp
  /** What a person does before the buttons can be pressed. */
  readonly prepare?: (desk: Desk) => Promise<void>
  /** Buttons that open a dialog: each is opened, looked at and closed. */
  readonly dialogs: readonly string[]
  /** Buttons with 「…」 that open none: a file chooser, a panel. */
  readonly inPlace?: readonly string[]
}

const firstRow = async (desk: Desk): Promise<void> => {
  await desk.page.locator('[role=grid]').focus()
  await desk.press('Home')
}
const chosenRow = async (desk: Desk): Promise<void> => {
  await firstRow(desk)
  await desk.press('Space')
}
const tab = (name: RegExp) => (desk: Desk) => desk.page.getByRole('tab', { name }).click()

/** Every screen below the login with its rows; a route that is not here fails the test. */
export const SCREENS: readonly Screen[] = [
  {
    route: '/tasks',
    login: 'kakaricho',
    address: () => '/tasks',
    sees: /係の作業 1,00\d件/,
    prepare: chosenRow,
    dialogs: ['条件…', '列', '担当を替える…', '再開日を決める…', '今の条件を保存する', 'キー操作', '日を進める'],
  },
  {
    route: '/tasks/$taskId',
    login: 'kakaricho',
    address: ({ taskId }) => `/tasks/${taskId}`,
    sees: /表示中 1,00\d件の合計/,
    prepare: firstRow,
    dialogs: ['内訳', '列を選ぶ', 'CSVに出す', 'メモ', '把握し直す…'],
    inPlace: ['除外する…'],
  },
  {
    route: '/tasks/$taskId',
    login: 'kakaricho',
    address: ({ taskId }) => `/tasks/${taskId}`,
    sees: /表示中 1,00\d件の合計/,
    prepare: async (desk) => {
      await firstRow(desk)
      await tab(/^添付 1,000/)(desk)
      await desk.page.getByText('1,000件中 1–20件').waitFor()
    },
    dialogs: ['取り下げる…', '理由を書いて開く…', '把握し直す…'],
    inPlace: ['除外する…'],
  },
  {
    route: '/tasks/$taskId/print',
    login: 'kakaricho',
    address: ({ taskId }) => `/tasks/${taskId}/print`,
    sees: /A4 横 (1,00\d|99\d)件/,
    dialogs: [],
  },
  {
    route: '/notifications',
    login: 'kakaricho',
    address: () => '/notifications',
    sees: /新しい 1,0\d\d件/,
    dialogs: [],
  },
  { route: '/runs', login: 'kakaricho', address: () => '/runs', sees: /1,00\d件/, prepare: firstRow, dialogs: [] },
  {
    route: '/runs/new/$flow',
    login: 'kakaricho',
    address: () => '/runs/new/5-2-tokusoku',
    sees: '基準日',
    dialogs: [],
  },
  {
    route: '/runs/$runId',
    login: 'kakaricho',
    address: ({ runId }) => `/runs/${runId}`,
    sees: '始めた人',
    prepare: tab(/^ファイル/),
    dialogs: ['第2版を作る…'],
  },
  {
    route: '/runs/$runId',
    login: 'kakaricho',
    address: ({ runId }) => `/runs/${runId}`,
    sees: '始めた人',
    prepare: tab(/^返戻/),
    dialogs: ['返戻を登録する…'],
  },
  {
    route: '/runs/$runId',
    login: 'kakaricho',
    address: ({ bigRunId }) => `/runs/${bigRunId}`,
    sees: '始めた人',
    prepare: async (desk) => {
      await tab(/^添付/)(desk)
      await desk.page.getByText('1,000件中 1–20件').waitFor()
    },
    dialogs: ['中止する…', '取り下げる…', '理由を書いて開く…'],
  },
  {
    route: '/runs/$runId/files/$fileId',
    login: 'kakaricho',
    address: ({ runId, sentFileId }) => `/runs/${runId}/files/${sentFileId}`,
    sees: 'SHA-256',
    dialogs: [],
  },
  {
    route: '/insured',
    login: 'kakaricho',
    address: () => '/tasks',
    sees: '係の作業',
    prepare: async ({ page, press }) => {
      await page.locator('#q').fill('S20.5.5')
      await page.locator('#q').focus()
      await press('Enter')
      await page.getByText(/(1,000|99\d)人/).waitFor()
    },
    dialogs: [],
  },
  {
    route: '/insured/$insuredId',
    login: 'kakaricho',
    address: ({ guardedId }) => `/insured/${guardedId}`,
    sees: 'DV等支援措置の対象者です',
    dialogs: ['理由を書いて開く…', '返戻を登録…'],
  },
  {
    route: '/insured/$insuredId',
    login: 'kakaricho',
    address: ({ rareId }) => `/insured/${rareId}`,
    sees: '督促状',
    dialogs: ['返戻を登録…'],
  },
  {
    route: '/insured/$insuredId/spellings',
    login: 'kakaricho',
    address: ({ rareId }) => `/insured/${rareId}/spellings`,
    sees: 'U+20BB7',
    dialogs: ['表記を決める…'],
  },
  {
    route: '/returns',
    login: 'kakaricho',
    address: () => '/returns',
    sees: /1,00\d件/,
    prepare: firstRow,
    dialogs: [],
  },
  {
    route: '/returns/$returnId',
    login: 'kakaricho',
    address: ({ returnId }) => `/returns/${returnId}`,
    sees: 'この通知は送達していません。',
    dialogs: ['経過を書く…', '調査を終える…', '公示送達…', '再発送…'],
  },
  {
    route: '/returns/$returnId',
    login: 'kakaricho',
    address: ({ guardedReturnId }) => `/returns/${guardedReturnId}`,
    sees: 'DV等支援措置の対象者です',
    dialogs: ['理由を書いて開く…', '経過を書く…', '調査を終える…', '公示送達…'],
  },
  {
    route: '/files',
    login: 'kakaricho',
    address: () => '/files',
    sees: /1,0\d\d件/,
    prepare: firstRow,
    dialogs: [],
    inPlace: ['ファイルを選ぶ…'],
  },
  {
    route: '/files/$fileId',
    login: 'kakaricho',
    address: ({ fileId }) => `/files/${fileId}`,
    sees: '期割がありません。',
    dialogs: [],
  },
  {
    route: '/instances',
    login: 'kakaricho',
    address: () => '/instances',
    sees: /1,00\d件/,
    prepare: chosenRow,
    dialogs: ['1件をもう一度行う…'],
  },
  {
    route: '/instances/$key',
    login: 'kakaricho',
    address: () => `/instances/${INSTANCE}`,
    sees: 'なぜ止まっているか',
    dialogs: ['もう一度行う…'],
  },
  { route: '/audit', login: 'kansa', address: () => '/audit', sees: /[12],\d\d\d件/, prepare: firstRow, dialogs: [] },
  {
    route: '/operations',
    login: 'kanri',
    address: () => '/operations',
    sees: 'エンジンが処理を打ち切りました。',
    dialogs: ['警報を消す…'],
  },
  {
    route: '/settings',
    login: 'kakaricho',
    address: () => '/settings?option=5-2-tokusoku/designatedDays',
    sees: 'R4.12.27', // the 1,000th
    dialogs: ['変更を出す…'],
  },
  {
    route: '/settings/staff',
    login: 'kanri',
    address: () => '/settings/staff',
    sees: /1,0\d\d人/,
    prepare: firstRow,
    dialogs: ['係を改める…', '係を登録する…', '職員を登録する…', 'ログインを止める…', '係に入れる…', '役割を与える…'],
  },
  {
    route: '/settings/deputies',
    login: 'kakaricho',
    address: () => '/settings/deputies',
    sees: /1,00\d件/,
    prepare: firstRow,
    dialogs: ['代理をやめる…', '代理を決める…'],
  },
  {
    route: '/settings/municipality',
    login: 'kakaricho',
    address: () => '/settings/municipality',
    sees: '書式の見直し 1000',
    prepare: ({ page }) => page.getByLabel('問合せ先の電話').fill('000-111-2222'),
    dialogs: ['公印の画像を登録する…', '変更を出す…'],
  },
  {
    route: '/settings/closures',
    login: 'kakaricho',
    address: () => '/settings/closures',
    sees: /休庁日 1,00\d日/,
    prepare: firstRow,
    dialogs: ['休庁日を取り消す…', '休庁日を登録する…'],
  },
  {
    route: '/settings/profiles',
    login: 'kakaricho',
    address: () => '/settings/profiles',
    sees: '宛名',
    prepare: async (desk) => {
      await firstRow(desk)
      await desk.page.getByText('これまでの版').waitFor()
    },
    dialogs: ['様式を改める…'],
  },
  {
    route: '/shisan',
    login: 'kakaricho',
    address: () => '/shisan',
    sees: '期割',
    dialogs: [],
  },
  {
    route: '/shisan/$name',
    login: 'kakaricho',
    address: () => '/shisan/hokenryo',
    sees: '保険料',
    dialogs: [],
  },
]
