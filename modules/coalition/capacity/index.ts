export { ACTIVE_DAYS, COUNT_KEYS, COUNTS, shareOf, type Count, type CountKey, type CountUnit } from './counts.ts'
export { HEALTH, HEALTH_KEYS, MINUTES_DAYS, UNCHECKED_DAYS, WAITING_DAYS, type HealthCount, type HealthKey } from './health.ts'
export { listPeriods, type Period, type PeriodKind } from './periods.ts'
