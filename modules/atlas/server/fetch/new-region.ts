import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { Refusal } from '#database'
import type { Bilingual } from '../../domains.ts'
import { listRegionKeys, type OpenManifest } from '../load/manifest.ts'
import { getMeasures } from '../load/measures.ts'
import { STATE_CODES } from './states.ts'

export interface NewRegion {
	key: string
	/** Two digits. */
	state: string
	/** Three digits each, of counties in the state. */
	counties: readonly string[]
	/** The last year of the five that the survey covers; undefined for the newest known. */
	vintage: number | undefined
	name: Bilingual
	/** What visitors read about the region; told how many counties and which years. */
	aboutOf: (counties: number, years: string) => Bilingual
	titles: { counties: Bilingual; tracts: Bilingual; survey: Bilingual; index: Bilingual; aboutIndex: Bilingual }
	/** Put at the top of the file, a line each. */
	heading: readonly string[]
}

export const MEASURES = 'acs-5-year'

/**
 * Writes the manifest of a region that is to be fetched from the Census Bureau into the first of the folders, and returns its file.
 * Errors: `region_key_unusable`, `region_exists`, `region_state_unknown`, `region_county_unusable`, `region_vintage_unknown`,
 * `region_not_written`.
 */
export function writeNewRegion(folders: readonly [string, ...string[]], asked: NewRegion): string {
	const file = join(folders[0], `${asked.key}.yml`)
	const { first, last } = getMeasures(MEASURES)
	const vintage = asked.vintage ?? last
	if (!/^[a-z][a-z0-9-]{0,39}$/.test(asked.key) || ['indicators', 'regions'].includes(asked.key)) throw new Refusal('region_key_unusable', { key: asked.key })
	if (listRegionKeys(folders).includes(asked.key)) throw new Refusal('region_exists', { key: asked.key })
	if (!STATE_CODES.has(asked.state)) throw new Refusal('region_state_unknown', { state: asked.state })
	const wrong = asked.counties.find((county) => !/^\d{3}$/.test(county))
	if (wrong !== undefined || asked.counties.length === 0) throw new Refusal('region_county_unusable', { county: wrong ?? '' })
	if (!(Number.isInteger(vintage) && vintage >= first && vintage <= last)) throw new Refusal('region_vintage_unknown', { vintage: String(asked.vintage), first, last })
	const text = asked.heading.map((line) => `# ${line}\n`).join('') + stringify(manifestOf(asked, vintage), { lineWidth: 0 })
	try {
		mkdirSync(join(folders[0], asked.key), { recursive: true })
		writeFileSync(file, text, { flag: 'wx' })
	} catch (cause) {
		throw new Refusal('region_not_written', { file, reason: (cause as NodeJS.ErrnoException).code ?? 'unknown' }, { cause })
	}
	return file
}

function manifestOf({ key, state, counties, name, aboutOf, titles }: NewRegion, year: number): OpenManifest {
	const years = `${year - 4}–${year}`
	const withYear = ({ en, es }: Bilingual, text: string) => ({ en: `${en} ${text}`, es: `${es} ${text}` })
	const boundary = { kind: 'geography' as const, publisher: 'U.S. Census Bureau', vintage: String(year), licence: 'Public domain (US Government work)' }
	const boundaryFile = (area: string) => {
		const file = `cb_${year}_${area}_500k.zip`
		return { file, url: `https://www2.census.gov/geo/tiger/GENZ${year}/shp/${file}`, fetch: { file: `GENZ${year}/shp/${file}` } }
	}
	// The tracts of the 2020 census hold until that of 2030; the counties' file is the nation's, of which the state is kept.
	const layer = { vintage: 2020, format: 'shapefile' as const, id: 'GEOID', name: 'NAMELSAD' }
	return {
		key, fictional: false, generated: false, name, about: aboutOf(counties.length, years),
		state: { geoid: state },
		counties: Object.fromEntries([...new Set(counties)].sort().map((county) => [state + county, null])),
		sources: [
			{ key: `counties-${year}`, ...boundary, title: withYear(titles.counties, String(year)), ...boundaryFile('us_county'), geography: { key: 'county-2020', place: 'county', ...layer, within: state, main: false } },
			{ key: `tracts-${year}`, ...boundary, title: withYear(titles.tracts, String(year)), ...boundaryFile(`${state}_tract`), geography: { key: 'tract-2020', place: 'tract', ...layer, main: true } },
			{
				key: `acs-${year}`, kind: 'table', title: withYear(titles.survey, years), publisher: 'U.S. Census Bureau', url: `https://api.census.gov/data/${year}/acs/acs5.html`,
				vintage: years, licence: 'Public domain (US Government work)', file: `acs_${year}_${state}_tract.csv`, fetch: { acs: year, place: 'tract', state },
				table: { geography: 'tract-2020', key: 'GEOID', measures: MEASURES } as NonNullable<OpenManifest['sources'][number]['table']>,
			},
		],
		indices: [{ recipe: year < 2022 ? 'svi-2020' : 'svi-2022', source: `acs-${year}`, name: titles.index, about: titles.aboutIndex, columns: {} }],
	}
}
