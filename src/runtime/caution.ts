/** 気をつけること of a run: what it could not look at, or what has to be set right outside. */
export interface Caution {
  readonly text: string
  readonly next: string
}
