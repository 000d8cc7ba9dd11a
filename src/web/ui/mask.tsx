import { Icon } from './icon.tsx'

/** 伏せています: the value is not in the page at all; the server did not send it. */
export function Mask({ what = '' }: { what?: string }) {
  return (
    <span className="mask">
      <Icon name="eyeoff" />
      {what}伏せています
    </span>
  )
}
