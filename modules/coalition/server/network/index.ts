export { findNetwork, type NamedThing, type OrganizationNetwork } from './find-network.ts'
export { networkInThread } from './network-thread.ts'
