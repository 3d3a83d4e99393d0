import { prepareBorder } from '@throughline/geo'
import type { Reader } from '#database'
import { compare, type Verdict } from '../comparison.ts'
import { headlineOf } from '../headline.ts'
import { findSimilarPlaces } from '../similar-places.ts'
import type { Bilingual, Unit } from '../domains.ts'
import { boxOf, findOutline, findPlaceShapes, meetsBox, type PlaceShapes } from './place-shapes.ts'
import type { Geography, Place } from './places.ts'
import type { Profile } from './profile.ts'
import { RecentlyUsed } from './recently-used.ts'
import { readSeries, type Series } from './series.ts'
import { figuresOf } from './series-figures.ts'
import type { AtlasTables } from './tables.ts'

/** Another place with the one number that is shown of it; NaN is missing or without a margin. */
export interface PlaceBeside {
	place: Place
	estimate: number
	margin: number
	/** Against the place whose surroundings these are. */
	verdict: Verdict
}

export interface Surroundings {
	/** The measure shown of every place; undefined when nothing is measured. */
	headline: { key: string; name: Bilingual; unit: Unit; decimals: number; vintage: string } | undefined
	/** Places that touch this one, the longest common border first; where none does, those with the nearest label points. */
	nearby: { how: 'touching' | 'nearest'; places: PlaceBeside[] }
	/** Keys of the measures used, and the places nearest by them. */
	similar: { used: string[]; places: (PlaceBeside & { distance: number })[] }
}

const MOST_TOUCHING = 12
const NEAREST = 6
const HELD_PLACES = 20_000

const held = new RecentlyUsed<{ how: 'touching' | 'nearest'; ordinals: number[] }>(HELD_PLACES, () => 1)

/** What lies around a place and what resembles it, each with the region's headline number. */
export async function findSurroundings(reader: Reader<AtlasTables>, { geography, place, rows }: Profile, loadedAt: Date): Promise<Surroundings> {
	const series = await readSeries(reader, rows.map((row) => row.series))
	const measured = rows.flatMap(({ indicator }, i) => (indicator.definition.group || indicator.definition.of || indicator.domain === 'index' ? [] : [{ indicator, series: series[i]! }]))
	const headline = measured.find(({ indicator }) => indicator.key === headlineOf(measured.map((one) => one.indicator.key)))
	const beside = (ordinal: number) => ({ place: geography.places[ordinal]!, ...numberAt(headline?.series, ordinal, place.ordinal) })
	const measures = measured.filter(({ indicator, series: { kind } }) => indicator.direction !== 'neither' && kind !== 'count').map((one) => ({ key: one.indicator.key, estimates: one.series.estimates, standardDeviation: figuresOf(geography, one.series).standardDeviation }))
	const similar = findSimilarPlaces(measures, place.ordinal, geography.regional)
	const nearby = await findNearby(reader, geography, place.ordinal, loadedAt)
	return {
		headline: headline && { key: headline.indicator.key, name: headline.indicator.name, unit: headline.indicator.unit, decimals: headline.series.decimals, vintage: headline.series.vintage },
		nearby: { how: nearby.how, places: nearby.ordinals.map(beside) },
		similar: { used: similar.used, places: similar.places.map(({ ordinal, distance }) => ({ ...beside(ordinal), distance })) },
	}
}

function numberAt(series: Series | undefined, ordinal: number, own: number): Omit<PlaceBeside, 'place'> {
	if (!series) return { estimate: NaN, margin: NaN, verdict: 'unknown' }
	const [there, here] = [ordinal, own].map((at) => ({ estimate: series.estimates[at]!, moe: series.margins?.[at] ?? NaN }))
	return { estimate: there!.estimate, margin: there!.moe, verdict: compare(there!, here!) }
}

async function findNearby(reader: Reader<AtlasTables>, geography: Geography, ordinal: number, loadedAt: Date): Promise<{ how: 'touching' | 'nearest'; ordinals: number[] }> {
	const key = `${loadedAt.getTime()}/${geography.key}/${ordinal}`
	const known = held.find(key)
	if (known) return known
	const shapes = await findPlaceShapes(reader, geography.key, loadedAt)
	const touching = await findTouching(reader, shapes, geography, ordinal)
	const nearby = touching.length > 0 ? { how: 'touching' as const, ordinals: touching.slice(0, MOST_TOUCHING) } : { how: 'nearest' as const, ordinals: findNearest(shapes, geography, ordinal).slice(0, NEAREST) }
	held.keep(key, nearby)
	return nearby
}

async function findTouching(reader: Reader<AtlasTables>, shapes: PlaceShapes, geography: Geography, ordinal: number): Promise<number[]> {
	const box = boxOf(shapes, ordinal)
	if (!box) return []
	const outline = await findOutline(reader, shapes, ordinal)
	const shared = prepareBorder(outline.layer, outline.feature)
	const touching: { ordinal: number; meters: number }[] = []
	for (const other of geography.places) {
		if (other.ordinal === ordinal || !meetsBox(shapes, other.ordinal, box)) continue
		const { layer, feature } = await findOutline(reader, shapes, other.ordinal)
		const { corners, meters } = shared(layer, feature)
		if (corners > 0) touching.push({ ordinal: other.ordinal, meters })
	}
	return touching.sort((a, b) => b.meters - a.meters || a.ordinal - b.ordinal).map((one) => one.ordinal)
}

/** Places of the region by the distance of their label points, which a degree of longitude shortens with the latitude. */
function findNearest({ labelPoints }: PlaceShapes, { regional }: Geography, ordinal: number): number[] {
	const [longitude, latitude] = [labelPoints[2 * ordinal]!, labelPoints[2 * ordinal + 1]!]
	const stretch = Math.cos((latitude * Math.PI) / 180)
	const distances = regional.filter((other) => other !== ordinal).map((other) => ({ other, distance: Math.hypot((labelPoints[2 * other]! - longitude) * stretch, labelPoints[2 * other + 1]! - latitude) }))
	return distances.sort((a, b) => a.distance - b.distance || a.other - b.other).map(({ other }) => other)
}
