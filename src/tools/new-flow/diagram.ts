/** A drawn flow before it is written as BPMN: what stands where, and which way each line runs. */
export interface Diagram {
  readonly processId: string
  /** 「5.2 督促」: name of the pool and of the process. */
  readonly name: string
  /** Name of the message that starts a run, `<flow>/start`. */
  readonly message: string
  /** Process variables a run starts with, in the order of the sheet. */
  readonly startVariables: readonly string[]
  readonly pool: Bounds
  readonly lanes: readonly Lane[]
  readonly nodes: readonly Node[]
  readonly flows: readonly Flow[]
  readonly papers: readonly Paper[]
}

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

interface Lane {
  readonly id: string
  readonly name: string
  readonly bounds: Bounds
  readonly nodes: readonly string[]
}

interface Drawn {
  readonly id: string
  readonly name: string
  readonly bounds: Bounds
  /** Where the name stands when it is not inside the shape. */
  readonly label?: Bounds
}

export type Node = Drawn &
  (
    | { readonly kind: 'start' | 'end' | 'gateway' }
    /** Waits until the instant in `until`, a process variable. */
    | { readonly kind: 'timer'; readonly until: string }
    /** Waits for a message about this run: a file or a form has come. */
    | { readonly kind: 'wait'; readonly message: string }
    /** Non-interrupting deadline on a human step; `notify` is the role to be told. */
    | { readonly kind: 'deadline'; readonly on: string; readonly until: string; readonly notify: string }
    | { readonly kind: 'service'; readonly step: string }
    | { readonly kind: 'user'; readonly step: string; readonly groups: readonly string[] }
  )

export interface Flow {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly points: readonly Point[]
  readonly name?: string
  readonly label?: Bounds
  /** FEEL without the leading `=`. */
  readonly condition?: string
  /** Taken when no condition holds. */
  readonly isDefault?: boolean
}

/** What leaves the office: a letter or a file, drawn in the lane of who receives it. */
export interface Paper extends Drawn {
  /** The step or event that sends it. */
  readonly from: string
  readonly points: readonly Point[]
}

export const TASK = { width: 150, height: 80 } as const
export const EVENT = { width: 36, height: 36 } as const
export const GATEWAY = { width: 50, height: 50 } as const
export const PAPER = { width: 36, height: 50 } as const

/** A box of a given size around its centre. */
export const around = (x: number, y: number, size: { readonly width: number; readonly height: number }): Bounds => ({
  x: x - size.width / 2,
  y: y - size.height / 2,
  ...size,
})
