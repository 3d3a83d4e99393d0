export { delawareMissing, readDelaware, startCensusServer, type CensusServer, type CensusServerOptions, type ConstructedCells, type Fault } from './census-server.ts'
