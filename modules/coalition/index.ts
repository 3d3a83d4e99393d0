export { BODY_KINDS, BODY_ROLES, PRESETS, readRules, slugOf, VISIBILITIES, type BodyKind, type BodyRole, type CharterRules, type Standing, type Visibility } from './bodies.ts'
export { ACTIONS, may, POSITIONS, type BodyAction, type Position } from './permissions.ts'
export { concernsOf, measureLink, QUIET_DAYS, WAIT_DAYS, type DirectionMeasures, type ExchangeFact, type LinkConcern, type LinkMeasures } from './link-measures.ts'
export { EXCHANGE_KINDS, type ExchangeKind } from './exchange-kinds.ts'
