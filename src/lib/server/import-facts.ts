import { findIndicator, listGeographies, listIndicators } from '#atlas/server'

/** The geographies that a table may stand on, the main one first. */
export async function listBoundaries(database: App.Locals['database']): Promise<{ key: string; year: number }[]> {
	return (await listGeographies(database)).map(({ key, vintage }) => ({ key, year: vintage }))
}

/** The indicators that a column may be further years of; an index is computed and never brought. */
export async function listTargets(database: App.Locals['database']) {
	return (await listIndicators(database)).filter(({ indicator }) => indicator.domain !== 'index').map(({ indicator }) => ({ key: indicator.key, name: indicator.name, unit: indicator.unit }))
}

/** The names of indicators by their keys, those that are there. */
export async function nameIndicators(database: App.Locals['database'], keys: readonly string[]) {
	const found = await Promise.all(keys.map((key) => findIndicator(database, key)))
	return found.flatMap((one) => (one ? [{ key: one.indicator.key, name: one.indicator.name }] : []))
}
