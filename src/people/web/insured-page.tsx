export function InsuredPage() {
  return null
}
