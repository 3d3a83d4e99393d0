import { logistic, type Group, type Neighbourhood } from './people.ts'

export type Universe = 'population' | 'households' | 'housingUnits'

/** A share of a universe. `share` gives it for a neighbourhood; `trend` is its yearly change in log-odds. */
export interface ShareModel {
	code: string
	universe: Universe
	/** The part of the universe the question is asked of (people 25 and over, say). */
	asked: number
	share: (n: Neighbourhood) => number
	trend: number
}

/** A number that is not a share, with the noise of its estimate as a share of the value. */
export interface AmountModel {
	code: string
	decimals: number
	amount: (n: Neighbourhood) => number
	/** Standard error as a share of the amount; 0 where the source states no margin. */
	error: number
	trend: number
}

const odds = (base: number, make: (n: Neighbourhood) => number) => (n: Neighbourhood) => logistic(Math.log(base / (1 - base)) + make(n))

export const SHARES: readonly ShareModel[] = [
	{ code: 'POV150', universe: 'population', asked: 0.97, share: odds(0.19, (n) => 0.95 * n.disadvantage + 0.2 * n.urbanity), trend: -0.012 },
	{ code: 'UNEMP', universe: 'population', asked: 0.51, share: odds(0.05, (n) => 0.75 * n.disadvantage), trend: -0.03 },
	{ code: 'HBURD', universe: 'households', asked: 1, share: odds(0.28, (n) => 0.55 * n.disadvantage + 0.3 * n.urbanity), trend: 0.012 },
	{ code: 'NOHSDP', universe: 'population', asked: 0.67, share: odds(0.1, (n) => 0.7 * n.disadvantage + 2.2 * (n.groups.HISP - 0.1)), trend: -0.03 },
	{ code: 'UNINSUR', universe: 'population', asked: 0.99, share: odds(0.11, (n) => 0.5 * n.disadvantage + 1.8 * (n.groups.HISP - 0.1)), trend: -0.02 },
	{ code: 'AGE65', universe: 'population', asked: 1, share: odds(0.15, (n) => 0.35 * n.field('age') - 0.5 * n.urbanity), trend: 0.02 },
	{ code: 'AGE17', universe: 'population', asked: 1, share: odds(0.23, (n) => 0.25 * n.field('children') - 0.35 * n.urbanity + 0.1 * n.disadvantage), trend: -0.008 },
	{ code: 'DISABL', universe: 'population', asked: 0.985, share: odds(0.12, (n) => 0.4 * n.disadvantage + 0.2 * n.field('age')), trend: 0.003 },
	{ code: 'SNGPNT', universe: 'households', asked: 1, share: odds(0.07, (n) => 0.55 * n.disadvantage), trend: 0 },
	{ code: 'LIMENG', universe: 'population', asked: 0.94, share: odds(0.035, (n) => 4.5 * (n.groups.HISP - 0.1) + 3 * (n.groups.ASIAN - 0.04)), trend: -0.01 },
	{ code: 'MUNIT', universe: 'housingUnits', asked: 1, share: odds(0.09, (n) => 2.1 * (n.urbanity - 0.35) + 0.3 * n.field('towers')), trend: 0.02 },
	{ code: 'MOBILE', universe: 'housingUnits', asked: 1, share: odds(0.045, (n) => -3.4 * (n.urbanity - 0.2) + 0.3 * n.field('trailers')), trend: -0.02 },
	{ code: 'CROWD', universe: 'households', asked: 1, share: odds(0.022, (n) => 0.5 * n.disadvantage + 2 * (n.groups.HISP - 0.1)), trend: 0 },
	{ code: 'NOVEH', universe: 'households', asked: 1, share: odds(0.06, (n) => 0.8 * n.disadvantage + 1.2 * (n.urbanity - 0.3)), trend: -0.01 },
	{ code: 'GROUPQ', universe: 'population', asked: 1, share: odds(0.008, (n) => 0.9 * n.field('quarters')), trend: 0 },
	{ code: 'NOINT', universe: 'households', asked: 1, share: odds(0.12, (n) => 0.7 * n.disadvantage - 0.5 * n.urbanity), trend: -0.12 },
	{ code: 'FEMALE', universe: 'population', asked: 1, share: odds(0.512, (n) => 0.05 * n.field('female')), trend: 0 },
	{ code: 'FOREIGN', universe: 'population', asked: 1, share: odds(0.09, (n) => 4 * (n.groups.HISP - 0.1) + 6 * (n.groups.ASIAN - 0.04)), trend: 0.015 },
	{ code: 'BACHELOR', universe: 'population', asked: 0.67, share: odds(0.34, (n) => -0.85 * n.disadvantage + 0.5 * n.urbanity), trend: 0.025 },
	{ code: 'PRESCH', universe: 'population', asked: 0.026, share: odds(0.45, (n) => -0.4 * n.disadvantage), trend: 0.01 },
	{ code: 'OWNER', universe: 'households', asked: 1, share: odds(0.64, (n) => -0.6 * n.disadvantage - 1.1 * (n.urbanity - 0.3)), trend: -0.006 },
	{ code: 'VACANT', universe: 'housingUnits', asked: 1, share: odds(0.075, (n) => 0.6 * n.disadvantage), trend: -0.015 },
	{ code: 'LONGCOM', universe: 'population', asked: 0.44, share: odds(0.2, (n) => -0.9 * (n.urbanity - 0.3) + 0.25 * n.disadvantage + 0.2 * n.field('roads')), trend: 0.012 },
	{ code: 'POV200', universe: 'population', asked: 0.97, share: odds(0.28, (n) => 0.9 * n.disadvantage + 0.2 * n.urbanity), trend: -0.012 },
	{ code: 'NWHITE', universe: 'population', asked: 1, share: odds(0.34, (n) => 4.2 * (1 - n.groups.WHITE - 0.42)), trend: 0.012 },
	{ code: 'TRANSIT', universe: 'population', asked: 0.46, share: odds(0.03, (n) => 2.6 * (n.urbanity - 0.35) + 0.5 * n.disadvantage), trend: -0.06 },
]

/** A share asked of one group of the people apart: how far its log-odds lie from those of everybody in the tract. */
export interface GroupShareModel {
	code: string
	of: string
	group: Group
	apart: number
}

export const GROUP_SHARES: readonly GroupShareModel[] = [
	{ code: 'POV150_AFAM', of: 'POV150', group: 'AFAM', apart: 0.4 },
	{ code: 'POV150_HISP', of: 'POV150', group: 'HISP', apart: 0.3 },
	{ code: 'POV150_WHITE', of: 'POV150', group: 'WHITE', apart: -0.45 },
]

export const AMOUNTS: readonly AmountModel[] = [
	{ code: 'MEDINC', decimals: 0, amount: (n) => 64000 * Math.exp(-0.36 * n.disadvantage - 0.05 * n.urbanity), error: 0.075, trend: 0.031 },
	{ code: 'MEDAGE', decimals: 1, amount: (n) => 38 + 2.2 * n.field('age') - 3 * n.urbanity, error: 0.03, trend: 0.003 },
	{ code: 'LIFEEXP', decimals: 1, amount: (n) => 77.6 - 2.3 * n.disadvantage + 0.5 * n.field('health'), error: 0.016, trend: -0.001 },
	{ code: 'ASTHMA', decimals: 1, amount: (n) => 9.4 * Math.exp(0.13 * n.disadvantage + 0.03 * n.field('air')), error: 0.04, trend: 0.004 },
	{ code: 'PM25', decimals: 2, amount: (n) => 8.4 + 0.9 * n.urbanity + 0.35 * n.field('air') + 0.25 * n.disadvantage, error: 0, trend: -0.012 },
	{ code: 'CANOPY', decimals: 1, amount: (n) => 100 * logistic(0.1 - 1.5 * n.urbanity - 0.35 * n.disadvantage + 0.3 * n.field('trees')), error: 0, trend: -0.004 },
	{ code: 'FLOOD', decimals: 1, amount: (n) => 100 * logistic(-2.7 + 0.9 * n.field('water') + 0.2 * n.disadvantage), error: 0, trend: 0 },
	{ code: 'EVICT', decimals: 1, amount: (n) => 11 * Math.exp(0.62 * n.disadvantage + 0.2 * n.field('landlords')), error: 0, trend: 0.01 },
	{ code: 'CRASH', decimals: 1, amount: (n) => 5.2 * Math.exp(0.4 * n.disadvantage + 0.7 * (n.urbanity - 0.3) + 0.2 * n.field('roads')), error: 0.22, trend: 0.02 },
	{ code: 'RESPONSE', decimals: 1, amount: (n) => 9.2 * Math.exp(-0.5 * (n.urbanity - 0.3) + 0.1 * n.disadvantage + 0.08 * n.field('stations')), error: 0, trend: 0.004 },
	{ code: 'JOBS45', decimals: 0, amount: (n) => 52000 * n.urbanity ** 1.6 * Math.exp(0.25 * n.field('lines')) + 300, error: 0, trend: 0.006 },
]
