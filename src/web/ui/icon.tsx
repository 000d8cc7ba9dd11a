import type { ReactNode } from 'react'

/** Line icons on a 16 × 16 grid. An icon never stands alone for a decision: a word is beside it or in its label. */
const SHAPES = {
  alert: (
    <>
      <path d="M8 2L14.5 13.5h-13z" />
      <path d="M8 6.3v3.4M8 11.6v.2" />
    </>
  ),
  arrow: <path d="M2.5 8h10.5M9.3 4.3L13 8l-3.7 3.7" />,
  back: <path d="M6 3L2.5 6.5 6 10M2.8 6.5H10a3.2 3.2 0 010 6.4H6.5" />,
  bell: <path d="M3.5 12V7.3a4.5 4.5 0 019 0V12l1 .8h-11zM6.6 14.2h2.8" />,
  cal: <path d="M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2v3M10.5 2v3" />,
  check: <path d="M3 8.5l3.2 3.2L13 5" />,
  checkc: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M5 8.2l2.1 2.1L11 6.2" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M8 4.5V8l2.4 1.6" />
    </>
  ),
  cols: <path d="M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10" />,
  dl: <path d="M8 2v8M4.7 7L8 10.3 11.3 7M2.5 13.5h11" />,
  doc: <path d="M4 1.8h5.5L13 5.3v8.9H4zM9.3 1.8v3.7H13M6 8.5h5M6 11h5" />,
  dot: <circle cx="8" cy="8" r="3.5" />,
  down: <path d="M4 6l4 4 4-4" />,
  eye: (
    <>
      <path d="M1.5 8C3.5 4.8 5.6 3.6 8 3.6S12.5 4.8 14.5 8c-2 3.2-4.1 4.4-6.5 4.4S3.5 11.2 1.5 8z" />
      <circle cx="8" cy="8" r="1.9" />
    </>
  ),
  eyeoff: <path d="M2.5 6.2c1.5 2 3.3 3 5.5 3s4-1 5.5-3M4 8.5L2.8 10.4M8 9.3v2.2M12 8.5l1.2 1.9" />,
  filter: <path d="M2 3h12L9.5 8.5V13l-3-1.5v-3z" />,
  info: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M8 7.2v4.2M8 4.6v.2" />
    </>
  ),
  left: <path d="M10 3.5L5.5 8l4.5 4.5" />,
  link: <path d="M6.5 9.5l3-3M7 4.5l1.5-1.5a3 3 0 014.5 4.5L11.5 9M9 11.5L7.5 13A3 3 0 013 8.5L4.5 7" />,
  lock: (
    <>
      <rect x="3" y="7" width="10" height="7" rx="1" />
      <path d="M5 7V5a3 3 0 016 0v2" />
    </>
  ),
  mail: <path d="M2 3.5h12v9H2zM2 4l6 5 6-5" />,
  minus: <path d="M3 8h10" />,
  now: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <circle cx="8" cy="8" r="2.4" fill="currentColor" />
    </>
  ),
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" />,
  pin: <path d="M5.5 2h5M6.3 2v4.5L4 9.3h8L9.7 6.5V2M8 9.3V14" />,
  play: <path d="M5 3l7.5 5L5 13z" />,
  plus: <path d="M8 3v10M3 8h10" />,
  print: <path d="M4.5 6V2h7v4M4.5 11.5H2.5V6h11v5.5h-2M4.5 9.5h7V14h-7z" />,
  right: <path d="M6 3.5L10.5 8 6 12.5" />,
  ring: <circle cx="8" cy="8" r="5.5" />,
  shield: <path d="M8 1.8l5.2 1.9v4c0 3.2-2.1 5.4-5.2 6.6C4.9 13.1 2.8 10.9 2.8 7.7v-4z" />,
  stop: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M8 4.6v4M8 11v.2" />
    </>
  ),
  swap: <path d="M3 5.5h9M9.5 3L12 5.5 9.5 8M13 10.5H4M6.5 8L4 10.5 6.5 13" />,
  talk: <path d="M2 3h12v8H7l-3 2.7V11H2z" />,
  up: <path d="M4 10l4-4 4 4" />,
  upl: <path d="M8 10.5V2.5M4.7 5.8L8 2.5l3.3 3.3M2.5 13.5h11" />,
  user: (
    <>
      <circle cx="8" cy="5.2" r="2.7" />
      <path d="M2.8 14c.4-3.2 2.5-4.7 5.2-4.7s4.8 1.5 5.2 4.7" />
    </>
  ),
  users: (
    <>
      <circle cx="6" cy="5.5" r="2.4" />
      <path d="M1.6 13.5c.3-2.9 2-4.2 4.4-4.2s4.1 1.3 4.4 4.2M10.4 3.3a2.4 2.4 0 010 4.4M11.6 9.5c1.6.4 2.6 1.7 2.8 4" />
    </>
  ),
  wait: (
    <path d="M4 2h8M4 14h8M5 2c0 3 6 4.5 6 0M5 14c0-6 6-6 6 0M5 14c0-3 3-4 3-6s-3-3-3-6M11 14c0-3-3-4-3-6s3-3 3-6" />
  ),
  x: <path d="M4 4l8 8M12 4l-8 8" />,
  xc: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6" />
    </>
  ),
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof SHAPES

/** `label` makes the icon speak for itself (role img); without it the icon is decoration. */
export function Icon({ name, label }: { name: IconName; label?: string | undefined }) {
  return (
    <svg
      className="i"
      viewBox="0 0 16 16"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {SHAPES[name]}
    </svg>
  )
}
