import { useState } from 'react'
import { areSingleKeysOn, switchSingleKeys } from '../lib/shortcuts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

const KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓ Home End PgUp PgDn', '行を移る'],
  ['Space', '行を選ぶ'],
  ['Shift+↑ Shift+↓', '選ぶ範囲を広げる'],
  ['Enter', '開く・明細を見る・計算する(試算の欄)'],
  ['Esc', '閉じる・選択を外す'],
  ['N', '次の1件'],
  ['C', '担当する'],
  ['F', '条件を決める(作業の一覧)'],
  ['E', '除外する・引き抜く'],
  ['I', '対象に戻す・発送する'],
  ['M', 'メモ・経過を書く'],
  ['A', '提案をすべて受ける'],
  ['P', '先頭に留める・やめる'],
  ['1 … 9', '理由を選ぶ'],
  ['Ctrl+Enter', '完了する(確かめてから)・処理を始める・計算する(試算)'],
  ['/', '番号・カナで探す'],
  ['Ctrl+Alt+L', '画面をロックする'],
  ['Tab', '絞り込み → 道具 → 表(1か所) → 引出し → 決定'],
]

/** キー操作の一覧. Single letters can be turned off here. */
export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const [isOn, setOn] = useState(areSingleKeysOn)
  return (
    <Dialog title="キー操作" onClose={onClose}>
      <table className="grid keys">
        <thead>
          <tr>
            <th scope="col">キー</th>
            <th scope="col">すること</th>
          </tr>
        </thead>
        <tbody>
          {KEYS.map(([key, what]) => (
            <tr key={key}>
              <td className="code">{key}</td>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label className="row">
        <input
          type="checkbox"
          checked={isOn}
          onChange={() => {
            switchSingleKeys(!isOn)
            setOn(!isOn)
          }}
        />
        1文字のキー(E・I・N など)を使う
      </label>
      <p className="sub">文字を入れている間と変換の間は、1文字のキーは働きません。</p>
      <div className="foot">
        <Button look="primary" autoFocus onClick={onClose}>
          閉じる
        </Button>
      </div>
    </Dialog>
  )
}
