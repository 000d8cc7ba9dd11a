/** 職: what a login may be. The five of the demo logins; a person may hold several, each with from and to days. */
export const ROLES = ['tantou', 'kakaricho', 'gyomu', 'kansa', 'kanri'] as const
export type Role = (typeof ROLES)[number]

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  tantou: '担当',
  kakaricho: '係長',
  gyomu: '業務設計者',
  kansa: '監査',
  kanri: '管理者',
}
