/** What goes beside the text of a log line. Ids, codes, counts: never a name, an address or what somebody typed. */
export interface LogFields {
  readonly level?: 'info' | 'warn' | 'error'
  readonly requestId?: string
  readonly [more: string]: string | number | undefined
}

/** One line for who keeps the system running. The text is ours and in English; a foreign message may quote a person. */
export type LogLine = (text: string, fields?: LogFields) => void
