import type { ReactNode } from 'react'
import { shortMoment } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { sizeText, spanText, type OperationsView } from './operations-query.ts'

type Look = readonly [tone: Tone, icon: IconName, word: string]
const ENGINE: Readonly<Record<OperationsView['engine']['state'], Look>> = {
  ok: ['done', 'checkc', '最新'],
  behind: ['warn', 'alert', '遅れています'],
  stopped: ['late', 'stop', '応答がありません'],
}
const DISK: Readonly<Record<OperationsView['disk']['level'], Look>> = {
  ok: ['done', 'checkc', '足りています'],
  low: ['warn', 'alert', '少なくなっています'],
  full: ['late', 'stop', '受領と開始を止めています'],
}
const PART_NAMES = { 'koki-api': '画面とAPI', 'koki-workers': '処理の担い手' } as const
const CAUSES: Readonly<Record<string, string>> = { asked: '命令で', 'before-upgrade': '更新の前に自動で' }
/** A backup older than this is told. */
const OLD_BACKUP_MS = 36 * 3_600_000

const Word = ({ look: [tone, icon, word] }: { look: Look }) => (
  <Badge tone={tone} icon={icon} isBare={tone === 'done'}>
    {word}
  </Badge>
)

function Panel({ title, rows }: { title: string; rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <section className="ops-panel">
      <h2>{title}</h2>
      <dl className="kv">
        {rows.map(([name, value]) => (
          <div key={name} className="ops-row">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** エンジン, ディスク, データベース, 控え, 版. */
export function Parts({ view }: { view: OperationsView }) {
  const { engine, disk, database, backup, files } = view
  const isBackupOld = backup === null || backup.ageMs > OLD_BACKUP_MS
  return (
    <div className="ops-panels">
      <Panel
        title="エンジン"
        rows={[
          ['状態', <Word key="state" look={ENGINE[engine.state]} />],
          ['新しさ', engine.ageMs === null ? '—' : `${spanText(engine.ageMs)}前の状態`],
          [
            '連絡待ち',
            `${formatNumber(engine.owed)}件${engine.owedMs === null ? '' : `(いちばん古いもの ${spanText(engine.owedMs)}前)`}`,
          ],
          ['版・データの世代', `${engine.version ?? '—'}・${engine.epoch}`],
        ]}
      />
      <Panel
        title="ディスク"
        rows={[
          ['状態', <Word key="level" look={DISK[disk.level]} />],
          ['空き', `${sizeText(disk.freeBytes)} / ${sizeText(disk.totalBytes)}`],
          ['注意', `${sizeText(disk.warnBytes)} より少ないとき`],
          ['受領と開始を止める', `${sizeText(disk.stopBytes)} より少ないとき`],
        ]}
      />
      <Panel
        title="データベースと控え"
        rows={[
          ['大きさ', sizeText(database.bytes)],
          [
            '最後の控え',
            backup === null ? (
              <Word key="none" look={['warn', 'alert', 'まだありません']} />
            ) : (
              <>
                {isBackupOld && <Word look={['warn', 'alert', '古くなっています']} />} {spanText(backup.ageMs)}前(
                {shortMoment(backup.at)}、{CAUSES[backup.cause] ?? backup.cause}、{sizeText(backup.bytes)})
              </>
            ),
          ],
          ['封印を待つ記録', `${formatNumber(database.unsealed)}件`],
          [
            '読んでいないファイル',
            `${formatNumber(files.waiting)}件${files.waitingMs === null ? '' : `(${spanText(files.waitingMs)}前から)`}`,
          ],
        ]}
      />
      <Panel
        title="版"
        rows={[
          [
            'プログラム',
            <span key="program" className="code">
              {view.program}
            </span>,
          ],
          [
            'データベースの形',
            <span key="shape" className="code">
              {database.shape}
            </span>,
          ],
          [
            'PostgreSQL',
            <span key="postgres" className="code">
              {database.version}
            </span>,
          ],
          [
            'Node',
            <span key="node" className="code">
              {view.node}
            </span>,
          ],
        ]}
      />
    </div>
  )
}

/** 動いている処理: who gives signs of life. */
export function Processes({ processes }: Pick<OperationsView, 'processes'>) {
  return (
    <section aria-labelledby="processes">
      <h2 id="processes">動いているもの</h2>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">なに</th>
            <th scope="col">状態</th>
            <th scope="col">機械</th>
            <th scope="col" className="n">
              番号
            </th>
            <th scope="col">版</th>
            <th scope="col">始めた時</th>
            <th scope="col">最後の合図</th>
          </tr>
        </thead>
        <tbody>
          {processes.map(({ name, machine, pid, version, startedAt, silentMs, isAlive }) => (
            <tr key={`${machine} ${pid} ${startedAt}`}>
              <td>{PART_NAMES[name]}</td>
              <td>
                <Word look={isAlive ? ['done', 'checkc', '動いています'] : ['late', 'stop', '合図がありません']} />
              </td>
              <td className="code">{machine}</td>
              <td className="n">{pid}</td>
              <td className="code">{version}</td>
              <td>{shortMoment(startedAt)}</td>
              <td>{spanText(silentMs)}前</td>
            </tr>
          ))}
          {!processes.some(({ name, isAlive }) => name === 'koki-workers' && isAlive) && (
            <tr>
              <td colSpan={7}>
                <Word look={['late', 'stop', '処理の担い手が動いていません']} /> 自動の工程は進みません。次にすること:
                システム管理者が koki doctor と koki logs workers で確かめてください。
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}
