import { createHash } from 'node:crypto'
import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import { sealTypeOf } from '#notices/seal.ts'
import { actorOf } from '#runtime/actor.ts'
import type { SettingAct } from './option-change.ts'

/**
 * 公印の画像を登録する: keeps the picture under its hash. Nothing is printed with it until the settings of the notices name it,
 * which two persons decide. The same picture again is the one that is there. Throws SET-003 for what is no picture of a seal.
 */
export async function registerSeal(
  { tx, user, clock }: SettingAct,
  given: { readonly picture: string; readonly note: string },
): Promise<{ readonly sha256: string; readonly type: 'svg' | 'png' }> {
  const bytes = Buffer.from(given.picture, 'base64')
  const type = sealTypeOf(bytes)
  if (type === null)
    throw new Fault('SET-003', {
      detail: '公印の画像は、200KBまでのPNG、又は外を参照しないSVGにしてください',
    })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const at = clock.now()
  const isNew = await tx.maybe(
    `insert into notice_seals (sha256, type, bytes, note, registered_by, registered_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (sha256) do nothing returning 1`,
    [sha256, type, bytes, given.note, user.userId, at],
  )
  if (isNew !== null)
    await appendEvent(tx, {
      at,
      kind: 'seal-registered',
      actor: actorOf(user),
      payload: { sha256, type, byteSize: bytes.length, note: given.note },
    })
  return { sha256, type }
}
