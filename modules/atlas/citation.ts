import type { Verdict } from './comparison.ts'
import type { Bilingual, Direction, Unit } from './domains.ts'

/** What a citation freezes. In all of them null stands for "not known" and never for zero. */
export type FrozenCitation = FrozenNumber | FrozenRank | FrozenMap | FrozenProfile | FrozenIndex

export type CitationKind = FrozenCitation['kind']

export interface CitedIndicator {
	key: string
	name: Bilingual
	unit: Unit
	decimals: number
	direction?: Direction
	/** For an index: the recipe, the hash of its text and the places it ranks among. */
	recipe?: { key: string; hash: string; referenceSet: string }
}

/** A place, a county (its five-digit GEOID), the region (`region`), or an area (geography `area`). */
export interface CitedPlace {
	geography: string
	geoid: string
	name: string
	county: string
}

/** How a value of many places was made; a single place's own number is `own`. */
export type HowMade = 'own' | 'rate' | 'sum' | 'middle' | 'apportioned'

export interface CitedNumber {
	estimate: number | null
	margin: number | null
	/** Absent in citations made before areas could be cited: then it was the place's own. */
	how?: HowMade
	comparison: { with: 'region'; name: Bilingual; how: HowMade; estimate: number | null; margin: number | null; verdict: Verdict }
}

export interface CitedSource {
	key: string
	publisher: string
	sha256: string
}

interface FrozenSeries {
	indicator: CitedIndicator
	vintage: string
	series: { version: number; hash: string }
	source: CitedSource
	methodVersion: string
}

export interface FrozenNumber extends FrozenSeries, CitedNumber {
	kind: 'number'
	place: CitedPlace
}

export interface FrozenRank extends FrozenSeries, CitedNumber {
	kind: 'rank'
	place: CitedPlace
	/** 1 is the highest value; the percentile is the share of the other places with a lower one. */
	standing: { rank: number; of: number; percentile: number; among: Bilingual }
}

export interface MapSummary {
	lowest: number
	middle: number
	highest: number
	missing: number
	unreliable: number
	places: number
}

export interface FrozenMap extends FrozenSeries {
	kind: 'map'
	geography: string
	region: Bilingual
	classes: { method: string; minimum: number | null; breaks: number[]; counts: number[] }
	summary: { [key in keyof MapSummary]: number | null }
	/** The view's query, so that the map can be opened as it was. */
	view: string
}

export interface FrozenProfile {
	kind: 'profile'
	place: CitedPlace
	rows: (CitedNumber & { indicator: CitedIndicator; vintage: string; series: { version: number; hash: string }; source: string; standing: { rank: number; of: number } | null })[]
	sources: CitedSource[]
	methodVersion: string
}

/** A saved index, as a whole or for one place. */
export interface FrozenIndex {
	kind: 'index'
	recipe: { id: string; version: number; title: string; hash: string }
	region: Bilingual
	geography: string
	place: CitedPlace | null
	score: number | null
	standing: { rank: number; of: number } | null
	/** Places with a score. */
	places: number
	inputs: { indicator: string; name: Bilingual; vintage: string; version: number; hash: string; source: string }[]
	/** The places with the highest scores. */
	highest: { geoid: string; name: string; county: string; score: number }[]
	sources: CitedSource[]
	methodVersion: string
}

/** What somebody asks to have frozen. */
export type CitationRequest =
	| { kind: 'number' | 'rank'; indicator: string; geography: string; geoid: string }
	| { kind: 'profile'; geography: string; geoid: string }
	| { kind: 'map'; indicator: string; geography: string; vintage: string; classes: FrozenMap['classes']; summary: MapSummary; view: string }
	| { kind: 'index'; recipe: string; version?: number; geoid?: string }
