/** Tells a person how far the start is. */
export interface Progress {
  /** Runs one phase, shown with its time. `note` adds what is worth knowing. */
  phase<T>(name: string, work: (note: (text: string) => void) => Promise<T>): Promise<T>
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)}秒`

/** One line a phase: its name when it begins, its time when it is over. On a file or pipe both come on lines of their own only where needed. */
export function progressOn(out: { readonly isTTY?: boolean; write(text: string): unknown }): Progress {
  let number = 0
  return {
    async phase(name, work) {
      const startedAt = performance.now()
      const notes: string[] = []
      const title = `${String(++number).padStart(2)} ${name}`
      if (out.isTTY === true) out.write(`${title} …`)
      try {
        const value = await work((text) => notes.push(text))
        const line = `${title} ${['済', ...notes].join('、')} ${seconds(startedAt)}`
        out.write(out.isTTY === true ? `\r\u001b[K${line}\n` : `${line}\n`)
        return value
      } catch (error) {
        out.write(out.isTTY === true ? `\r\u001b[K${title} 失敗 ${seconds(startedAt)}\n` : `${title} 失敗\n`)
        throw error
      }
    },
  }
}
