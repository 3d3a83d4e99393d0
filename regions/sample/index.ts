import { makeGeographies, toGeoJson } from './geographies.ts'
import { makeNames } from './names.ts'
import { makeTable } from './tables.ts'

/**
 * The files of the sample region, name → text: two tract geographies, three survey tables, and names of towns, ZIP
 * codes and neighborhoods. Everything is invented;
 * the same code gives the same bytes everywhere, and `regions/sample.yml` pins their SHA-256.
 */
export function makeSampleFiles(): Map<string, string> {
	const { tracts2010, tracts2020 } = makeGeographies()
	return new Map([
		['sample-tracts-2010.geojson', toGeoJson(tracts2010)],
		['sample-tracts-2020.geojson', toGeoJson(tracts2020)],
		['sample-names.geojson', makeNames()],
		['sample-survey-2016.csv', makeTable(tracts2010, tracts2020, 2016)],
		['sample-survey-2020.csv', makeTable(tracts2020, tracts2020, 2020)],
		['sample-survey-2024.csv', makeTable(tracts2020, tracts2020, 2024)],
	])
}
