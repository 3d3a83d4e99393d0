export type { CommunitiesTables } from './communities-tables.ts'
export { findStandard, listEditions, listStandards, publishStandard, shipStandards, type PublishedStandard } from './standards.ts'
