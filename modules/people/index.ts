export { ADVISED_PASSWORD, findPasswordFault, LONGEST_PASSWORD, SHORTEST_PASSWORD, type PasswordReason } from './password-rule.ts'
export { DEMONSTRATIONS, type DemonstrationKey, type Person, type Role } from './person.ts'
