export { ADVISED_PASSWORD, findPasswordFault, LONGEST_PASSWORD, SHORTEST_PASSWORD, type PasswordReason } from './password-rule.ts'
export { DEMONSTRATIONS, type DemonstrationKey, type Person, type Role } from './person.ts'
export { normalizeContact, normalizeName, ORGANIZATION_KINDS, type Channel, type OrganizationKind } from './directory.ts'
export { consentNow, EVERY_BODY, EVERYTHING, type ConsentAct, type ConsentFact, type ConsentState } from './consent.ts'
