/** Which roles work the tasks of a lane. The key is the candidate group that the model gives its user tasks. */
const ROLES_OF_GROUP: Readonly<Record<string, readonly string[]>> = {
  koki: ['tantou', 'kakaricho'],
}

/** Whether a person with these roles may take a task of this candidate group. */
export const isCandidate = (group: string, roles: readonly string[]): boolean =>
  (ROLES_OF_GROUP[group] ?? []).some((role) => roles.includes(role))

/** Candidate groups whose tasks a person with these roles may take. */
export const groupsOf = (roles: readonly string[]): readonly string[] =>
  Object.keys(ROLES_OF_GROUP).filter((group) => isCandidate(group, roles))
