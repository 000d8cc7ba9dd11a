import type { IdoOptions } from '../ido/options.ts'
import { IDO_SETTINGS } from './ido-schema.ts'
import type { Field } from './schema.ts'
import { sayValue } from './say-value.ts'

type Name = keyof typeof IDO_SETTINGS

/** 「設定「普通徴収の減額: 後の期から減らす」」, by the title and the words of its field; one that is on or off by its title. */
export const sayChoice = (field: Field, value: unknown): string =>
  `設定「${field.title}${typeof value === 'boolean' ? '' : `: ${sayValue(field, value)}`}」`

/** A 設定 of 異動賦課 as it was chosen. */
export const saySetting = <N extends Name>(options: Pick<IdoOptions, N>, name: N): string =>
  sayChoice(IDO_SETTINGS[name], options[name])

/** 根拠 of what a 設定 decides: the municipality's own choice, which nobody has confirmed. */
export const settingBasis = <N extends Name>(options: Pick<IdoOptions, N>, name: N): string =>
  `${saySetting(options, name)} [own knowledge, verify]`
