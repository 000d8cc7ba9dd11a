export function InsuredSearchPage() {
  return null
}
