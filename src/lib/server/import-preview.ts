import { error } from '@sveltejs/kit'
import { findGeography, findIndicator, readImportSeries, type Indicator, type ImportedSeries } from '#atlas/server'
import { viewOfSeries, type MapView } from './map-view.ts'

/** The indicator as it will be: a new one from what the person wrote, or the one that gets further years. */
async function indicatorOf(database: App.Locals['database'], series: ImportedSeries): Promise<Indicator | undefined> {
	if (!series.brought) return (await findIndicator(database, series.indicator))?.indicator
	const { name, about, universe, domain, direction } = series.brought
	return { key: series.indicator, domain, name, about, unit: series.unit, direction, definition: { group: false, universe: universe.en ? universe : null } }
}

/** The map of one series of an import as it would be; undefined when its indicator is gone. Answers 404 when there is no such series. */
export async function getPreview(database: App.Locals['database'], id: string, ordinal: number): Promise<{ view: MapView | undefined; all: ImportedSeries[] }> {
	const all = await readImportSeries(database, id)
	const series = all[ordinal]
	if (!series) error(404)
	const [indicator, geography] = await Promise.all([indicatorOf(database, series), findGeography(database, series.geography)])
	if (!indicator || !geography) return { view: undefined, all }
	const { vintage, decimals, hash } = series
	const head = { indicator: indicator.key, geography: geography.key, geographyVintage: geography.vintage, main: true, vintage, version: 1, source: '', decimals, hash }
	return { view: viewOfSeries(indicator, { ...head, ...series.values }, [head], geography), all }
}

/** The names of all series of an import, in its order. */
export async function nameSeries(database: App.Locals['database'], all: readonly ImportedSeries[]) {
	return Promise.all(all.map(async (series) => ({
		ordinal: series.ordinal, isNew: series.brought !== null, unit: series.unit, vintage: series.vintage,
		name: (await indicatorOf(database, series))?.name ?? { en: series.indicator, es: series.indicator },
	})))
}
