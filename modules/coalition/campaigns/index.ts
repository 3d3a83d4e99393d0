export { CAMPAIGN_KINDS, LEGAL_CLASSES, mainMetric, METRICS, readGeoid, readPlaceList, type CampaignKind, type LegalClass, type Metric } from './campaign.ts'
export { measureProgress, NEAR_POINTS, PLACE_STANDINGS, standingOfPlace, type CampaignProgress, type PlaceProgress, type PlaceReading, type PlaceStanding, type PlaceTarget } from './progress.ts'
export { columnsOfRates, readResponseRates, type RateFault, type RateReading, type ReadRates } from './response-rates.ts'
export { readGoalList, type ListedGoal } from './goal-list.ts'
