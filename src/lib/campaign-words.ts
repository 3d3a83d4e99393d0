import type { CampaignKind, LegalClass, Metric, PlaceStanding } from '#coalition'
import { m } from '#lib/paraglide/messages.js'
import { formatNumber } from '#lib/format.ts'

export const campaignKindName = (kind: CampaignKind): string => m[`campaign_kind_${kind}`]()
export const legalClassName = (legal: LegalClass): string => m[`legal_class_${legal}`]()
export const metricName = (metric: Metric): string => m[`campaign_metric_${metric}`]()
export const placeStandingName = (standing: PlaceStanding): string => m[`place_standing_${standing}`]()

/** A share in percent with one decimal; words where it is not known. */
export const percentInWords = (value: number | undefined): string => (value === undefined ? m.campaign_not_known() : m.campaign_percent({ percent: formatNumber(value, 1) }))

/** Dollars and cents. */
export const moneyInWords = (cents: number): string => `$${formatNumber(cents / 100, 2)}`
