import type { CampaignProgress, PlaceStanding } from '#coalition'
import { boxOfPath, type Drawing } from '#atlas/server'
import type { CampaignPlaces } from '#coalition/server'
import { escapeXml, styleOf } from './map-picture.ts'

/** Colours of the map by how a place stands to its goal; places without data have a dotted edge and no colour. */
export const STANDING_COLOURS: Record<Exclude<PlaceStanding, 'no_data'>, string> = { at_goal: 'split-0', near: 'split-2', below: 'split-5' }

/** White around the places of a campaign, in units of the drawing. */
const MARGIN = 24

/** The places of a campaign by how they stand to their goals, as an SVG with a title; places without a target are drawn as without data. */
export function drawCampaign(drawing: Drawing, { geography, places, whole }: CampaignPlaces, progress: CampaignProgress, title: string): string {
	const own = new Set(places.map(({ geoid }) => geoid))
	const standings = new Map(progress.places.map(({ geoid, standing }) => [geoid, standing]))
	const paths: Record<PlaceStanding, string[]> = { below: [], near: [], at_goal: [], no_data: [] }
	drawing.ordinals.forEach((ordinal, i) => {
		const place = geography!.places[ordinal]!
		if (own.has(place.geoid)) paths[standings.get(place.geoid) ?? standings.get(place.countyGeoid) ?? 'no_data'].push(drawing.paths[i]!)
	})
	const [left, top, right, bottom] = whole ? [0, 0, drawing.width, drawing.height] : boxAround(Object.values(paths).flat(), drawing)
	const [width, height] = [right - left, bottom - top]
	const scale = Math.min(640 / width, 640 / height)
	const layer = ([standing, list]: [string, string[]]) => (list.length === 0 ? '' : `<path class="${standing === 'no_data' ? 'm' : `p ${STANDING_COLOURS[standing as keyof typeof STANDING_COLOURS]}`}" vector-effect="non-scaling-stroke" d="${list.join('')}"/>`)
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${Math.round(width * scale)}" height="${Math.round(height * scale)}" role="img">`,
		`<title>${escapeXml(title)}</title><style>${styleOf(Object.values(STANDING_COLOURS))}</style>`,
		...Object.entries(paths).map(layer),
		`<path class="c" vector-effect="non-scaling-stroke" d="${drawing.counties}"/></svg>`,
	].join('')
}

function boxAround(paths: readonly string[], drawing: Drawing): [number, number, number, number] {
	if (paths.length === 0) return [0, 0, drawing.width, drawing.height]
	const boxes = paths.map(boxOfPath)
	const [left, top, right, bottom] = boxes.reduce((all, box) => [Math.min(all[0], box[0]), Math.min(all[1], box[1]), Math.max(all[2], box[2]), Math.max(all[3], box[3])])
	return [left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN]
}
