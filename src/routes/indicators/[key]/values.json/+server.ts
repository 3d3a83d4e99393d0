import { json } from '@sveltejs/kit'
import { findBackdrop, getCountyOutlines, listCentroids } from '#atlas/server'
import { getMapView, type MapView } from '#lib/server/map-view.ts'
import type { RequestHandler } from './$types'

const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value)

/** Free space around a picture in its own units, as the loading of a region draws it. */
const PICTURE_PADDING = 8

/** What the interactive map needs, column by column in the same order: places, values, margins, classes, flags, where the keyboard finds them. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const view = await getMapView(locals, params.key, url.searchParams)
	const { regional, places } = view.geography
	const [centroids, backdrop, outlines] = await Promise.all([listCentroids(locals.database, view.geography.key), findBackdrop(locals.database), getCountyOutlines(locals.database, view.geography.key)])
	return json(
		{
			geography: view.geography.key,
			bounds: view.geography.bounds,
			minZoom: view.geography.minZoom,
			maxZoom: view.geography.maxZoom,
			backdrop: backdrop ?? null,
			placeCount: places.length,
			countyOutlines: { ...outlines, padding: PICTURE_PADDING },
			colours: view.legend.colours,
			ordinals: regional,
			geoids: regional.map((i) => places[i]!.geoid),
			names: regional.map((i) => places[i]!.name),
			counties: regional.map((i) => places[i]!.countyName),
			values: regional.map((i) => known(view.series.estimates[i])),
			margins: regional.map((i) => known(view.series.margins?.[i])),
			...besides(view, regional),
			// -1 has no value, -2 is of a class that the legend hides.
			classes: regional.map((i) => (view.classOf(i) < 0 || view.shown(i) ? view.classOf(i) : -2)),
			unreliable: regional.map((i) => (view.unreliable(i) ? 1 : 0)),
			centroids: centroids.map(({ centroid }) => centroid.map((degree) => Math.round(degree * 1e5) / 1e5)),
		},
		{ headers: { 'cache-control': 'public, max-age=300' } },
	)
}

/** The columns of what stands beside the values: earlier years with what may be said of the change, or a second measure. */
function besides({ change, pair }: MapView, regional: readonly number[]) {
	const changes = change && regional.map(change.of)
	return {
		...(changes && {
			earlierVintage: change.earlier.vintage,
			earlierValues: regional.map((i) => known(change.earlier.estimates[i])),
			changes: changes.map(({ estimate }) => known(estimate)),
			changeMargins: changes.map(({ moe }) => known(moe)),
			verdicts: changes.map(({ verdict }) => verdict),
		}),
		...(pair && {
			other: { name: pair.indicator.name, unit: pair.indicator.unit, decimals: pair.series.decimals },
			otherValues: regional.map((i) => known(pair.series.estimates[i])),
			otherMargins: regional.map((i) => known(pair.series.margins?.[i])),
		}),
	}
}
