export type { CommunitiesTables } from './communities-tables.ts'
export { checkCredential, type BroughtCredential, type CheckedCredential } from './credentials/check-credential.ts'
export { findStandard, listEditions, listStandards, publishStandard, shipStandards, type PublishedStandard } from './standards.ts'
