export { findAllCapacity, findBodyCounts, findBodyHealth, type AllCapacity, type BodyCounts } from './capacity.ts'
export type { Counts } from './find-counts.ts'
export type { Health } from './find-health.ts'
