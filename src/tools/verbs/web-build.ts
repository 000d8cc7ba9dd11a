import { buildWeb } from '../launch/web-build.ts'
import type { Verb } from './verb.ts'

/** 画面を組み立てる: for an installation whose API is started without the launcher. */
export const webBuild: Verb = {
  name: 'web build',
  usage: '',
  summary: '画面を組み立てます(dist/web)',
  async run(args, { print }) {
    if (args.length > 0) return 2
    const made = await buildWeb()
    print({ built: '画面を組み立てました。', unchanged: '画面は最新です。', absent: '画面のもとがありません。' }[made])
    return made === 'absent' ? 1 : 0
  },
}
