import { addFirstAdministrator } from '#access/staff/first-administrators.ts'
import { readOptions } from './options.ts'
import type { Verb } from './verb.ts'

/** 最初の管理者: the only people who are registered by command line. */
export const staffFirst: Verb = {
  name: 'staff first',
  usage: 'ログイン名 --subject 認証の番号 --name 氏名',
  summary: '本番の最初の管理者を登録します(二人まで。記録に残ります)',
  async run(args, { database, clock, isSample, print }) {
    const read = readOptions(args, ['subject', 'name'])
    const [login] = read?.words ?? []
    const { subject = '', name = '' } = read?.options ?? {}
    if (login === undefined || !/^[a-z][a-z0-9._-]{1,39}$/.test(login) || subject === '' || name === '') return 2
    if (isSample) {
      print(
        '見本のデータフォルダーには登録できません。次にすること: KOKI_SAMPLE=0 で始めた、空のデータフォルダーで行ってください。',
      )
      return 1
    }
    await addFirstAdministrator(await database(), clock, { login, subject, name })
    print(`${login} を管理者として登録しました。`)
    return 0
  },
}
