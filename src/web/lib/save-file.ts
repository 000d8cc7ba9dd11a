const UNTIL_SAVED_MS = 1_000

/** Hands bytes to the browser to be saved under a name, and forgets them. */
export function saveFile({ bytes, name }: { readonly bytes: Blob; readonly name: string }): void {
  const address = URL.createObjectURL(bytes)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), UNTIL_SAVED_MS)
}
