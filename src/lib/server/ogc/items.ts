import { createHash } from 'node:crypto'
import { version } from '$app/env'
import { z } from 'zod'
import { findPlaceShapes, findPlacesInBox, listPlaceColumns, readGeometries, type Geography, type PlaceColumn, type PlaceShapes } from '#atlas/server'
import { Refusal } from '#database'
import { defineEndpoint, Raw } from '../api/endpoint.ts'
import { ownTurn } from '../api/own-turn.ts'
import { bbox, countyGeoid, flat, geoid } from '../api/parameters.ts'
import { collectionAsked, collectionId, f, link, propertyNames } from './collections.ts'
import { FeatureCollection, FeatureWithLinks, GEOJSON, type LinkAnswer } from './schemas.ts'

const MOST = 1000

/** More than the most is the most, as the standard wants it. */
const limit = z.preprocess((text) => (Number(text) > MOST ? MOST : text), z.coerce.number().int().min(1).max(MOST).default(100)).describe('api_param_limit')
const datetime = z.string().refine(isMomentOrInterval).optional().describe('ogc_param_datetime')

/** A date-time of RFC 3339, or two of them with a slash between, where `..` or nothing leaves one end open. */
export function isMomentOrInterval(text: string): boolean {
	const ends = text.split('/')
	const open = (end: string) => end === '' || end === '..'
	const moment = (end: string) => /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/i.test(end) && !Number.isNaN(Date.parse(end))
	if (ends.length === 1) return moment(text)
	if (ends.length !== 2 || ends.every(open) || !ends.every((end) => open(end) || moment(end))) return false
	return ends.some(open) || Date.parse(ends[0]!) <= Date.parse(ends[1]!)
}

interface NamedColumn {
	name: string
	values: Float64Array
}

function namedColumns(columns: readonly PlaceColumn[]): NamedColumn[] {
	return propertyNames(columns).map(({ name, column, margin }) => ({ name, values: margin ? column.series.margins! : column.series.estimates }))
}

/** The text of a feature, which begins with its properties; the geometry is text already. */
function featureText(geography: Geography, shapes: PlaceShapes, columns: readonly NamedColumn[], ordinal: number, geometry: string, links?: LinkAnswer[]): string {
	const place = geography.places[ordinal]!
	const known = (value: number) => (Number.isNaN(value) ? null : value)
	const properties: Record<string, unknown> = { geoid: place.geoid, name: place.name, county: place.countyGeoid, county_name: place.countyName, area_km2: Math.round(shapes.areasSquareMeters[ordinal]!) / 1e6 }
	for (const { name, values } of columns) properties[name] = known(values[ordinal]!)
	const more = links ? `,"links":${JSON.stringify(links)}` : ''
	return `{"type":"Feature","id":${JSON.stringify(place.geoid)},"properties":${JSON.stringify(properties)},"geometry":${geometry}${more}}`
}

/** Changes with the numbers, the boundaries, the address and this program; weak, because the moment of the answer stands in it too. */
function tagOf(columns: readonly PlaceColumn[], shapes: PlaceShapes, url: URL): string {
	const parts = [version, shapes.loadedAt, url.href, ...columns.map(({ indicator, series }) => indicator.key + series.hash)]
	return `W/"${createHash('sha256').update(parts.join(' ')).digest('base64url').slice(0, 27)}"`
}

export const itemsEndpoint = defineEndpoint({
	address: '/ogc/collections/{collectionId}/items',
	operation: 'getFeatures',
	about: 'ogc_about_items',
	path: z.object({ collectionId }),
	query: z.object({
		limit, offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0).describe('ogc_param_offset'), bbox, datetime,
		geoid: geoid.optional(), county: countyGeoid.optional(), f,
	}),
	answer: FeatureCollection,
	type: GEOJSON,
	seconds: 300,
	async respond({ path, query, locals, url }) {
		const geography = await collectionAsked(locals, path.collectionId)
		const [shapes, columns] = await Promise.all([findPlaceShapes(locals.database, geography.key, locals.region!.loadedAt), listPlaceColumns(locals.database, geography.key)])
		const fitting = geography.regional.filter((ordinal) => {
			const place = geography.places[ordinal]!
			return (!query.geoid || place.geoid === query.geoid) && (!query.county || place.countyGeoid === query.county)
		})
		const matched = query.bbox ? await findPlacesInBox(locals.database, shapes, fitting, flat(query.bbox)) : fitting
		const shown = matched.slice(query.offset, query.offset + query.limit)
		const links = pageLinks(geography, url, query, matched.length)
		const head = `{"type":"FeatureCollection","timeStamp":"${new Date().toISOString()}","numberMatched":${matched.length},"numberReturned":${shown.length},"links":${JSON.stringify(links)},"features":[`
		const named = namedColumns(columns)
		async function* texts(): AsyncGenerator<string> {
			yield head
			let separator = '\n'
			for await (const { ordinal, geometry } of readGeometries(locals.database, shapes, shown)) {
				yield separator + featureText(geography, shapes, named, ordinal, geometry)
				separator = ',\n'
			}
			yield '\n]}\n'
		}
		return new Raw(streamOf(texts()), { 'content-type': GEOJSON, etag: tagOf(columns, shapes, url) })
	},
})

const PIECE_CHARACTERS = 64 * 1024

/** A stream of pieces of some size, so that a page of a thousand features is neither held whole nor sent in a thousand packets. */
function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder()
	return new ReadableStream({
		async pull(controller) {
			await ownTurn()
			let piece = ''
			while (piece.length < PIECE_CHARACTERS) {
				const { done, value } = await texts.next()
				if (done) {
					if (piece) controller.enqueue(encoder.encode(piece))
					return controller.close()
				}
				piece += value
			}
			controller.enqueue(encoder.encode(piece))
		},
		async cancel() {
			await texts.return(undefined)
		},
	})
}

function pageLinks(geography: Geography, url: URL, { offset, limit }: { offset: number; limit: number }, total: number): LinkAnswer[] {
	const at = (to: number, rel: string): LinkAnswer => {
		const target = new URL(`${url.origin}/ogc/collections/${geography.key}/items${url.search}`)
		target.searchParams.set('limit', String(limit))
		target.searchParams.set('offset', String(to))
		return { href: target.href, rel, type: GEOJSON }
	}
	return [
		{ href: url.href, rel: 'self', type: GEOJSON },
		...(offset + limit < total ? [at(offset + limit, 'next')] : []),
		...(offset > 0 ? [at(Math.max(0, offset - limit), 'prev')] : []),
		link(url, `/collections/${geography.key}`, 'collection'),
	]
}

export const itemEndpoint = defineEndpoint({
	address: '/ogc/collections/{collectionId}/items/{featureId}',
	operation: 'getFeature',
	about: 'ogc_about_item',
	path: z.object({ collectionId, featureId: z.string().describe('api_param_geoid') }),
	query: z.object({ f }),
	answer: FeatureWithLinks,
	type: GEOJSON,
	seconds: 300,
	async respond({ path, locals, url }) {
		const geography = await collectionAsked(locals, path.collectionId)
		const ordinal = geography.regional.find((candidate) => geography.places[candidate]!.geoid === path.featureId)
		if (ordinal === undefined) throw new Refusal('api_feature_unknown', { feature: path.featureId.slice(0, 60), collection: geography.key })
		const [shapes, columns] = await Promise.all([findPlaceShapes(locals.database, geography.key, locals.region!.loadedAt), listPlaceColumns(locals.database, geography.key)])
		const links = [link(url, `/collections/${geography.key}/items/${path.featureId}`, 'self', GEOJSON), link(url, `/collections/${geography.key}`, 'collection')]
		for await (const { geometry } of readGeometries(locals.database, shapes, [ordinal])) {
			return new Raw(featureText(geography, shapes, namedColumns(columns), ordinal, geometry, links), { 'content-type': GEOJSON, etag: tagOf(columns, shapes, url) })
		}
		throw new RangeError(`place ${ordinal} of ${geography.key} has no row of geometry`)
	},
})
