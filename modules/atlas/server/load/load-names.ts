import { Refusal, type Writer } from '#database'
import {
	areaSquareMeters, decodeRings, findColumn, joinLayers, overlayAreas, parseNumber, PlaceFinder, ReadRefusal, readTable, shownValue, type PolygonLayer, type Table,
} from '@throughline/geo'
import { NAME_KINDS, nameKey, type NameKind } from '../../names.ts'
import type { AtlasTables, SourceReport } from '../tables.ts'
import { readLayer } from './load-geography.ts'
import type { GeographyKeys } from './load-table.ts'
import type { ManifestSource } from './manifest.ts'
import type { ManifestNames } from './names-schema.ts'
import type { SourceFiles } from './source-files.ts'

/** A name with the places found for it so far: ordinal → share of the place's land, NaN where no outline says it. */
interface FoundName {
	name: string
	kind: NameKind
	places: Map<number, number>
}

const BATCH = 5000

/**
 * Reads names of cities, ZIP codes and neighborhoods and joins them to the places of a geography: by the most land in common for outlines,
 * by the place that holds a point, or as a table says. A name that meets no place is left out and counted.
 * Errors: those of the readers; `name_kind_unknown`, `name_place_unknown`, `name_empty`.
 */
export async function loadNames(writer: Writer<AtlasTables>, source: ManifestSource, files: SourceFiles, geographies: readonly GeographyKeys[]): Promise<{ rows: number; report: SourceReport }> {
	const options = source.names!
	const geography = geographies.find(({ key }) => key === options.geography)!
	const found = options.format === 'table' ? await fromTable(source, files, geography)
		: options.format === 'points' ? await fromPoints(source, files, await readPlaces(writer, geography.key))
		: await fromOutlines(source, files, await readPlaces(writer, geography.key))
	const kept = found.filter(({ places }) => places.size > 0)
	await writeNames(writer, source.key, geography.key, kept)
	return { rows: found.length, report: { matched: kept.length, unmatched: found.length - kept.length } }
}

/** Names by name and kind: parts of one name under the same name are one. */
class NameList {
	readonly names = new Map<string, FoundName>()
	private readonly source: ManifestSource
	private readonly options: ManifestNames

	constructor(source: ManifestSource) {
		this.source = source
		this.options = source.names!
	}

	add(name: string, kindText: string | undefined, row: number): FoundName {
		const place = { file: this.source.file, row }
		if (name.trim() === '') throw new Refusal('name_empty', { ...place, column: this.options.name })
		const kind = this.options.kind ?? kindText?.trim()
		if (!NAME_KINDS.includes(kind as NameKind)) {
			throw new Refusal('name_kind_unknown', { ...place, value: shownValue(kind ?? ''), column: this.options.kind_column ?? 'kind', kinds: NAME_KINDS.join(', ') })
		}
		const key = nameKey(name, kind as NameKind)
		let known = this.names.get(key)
		if (!known) this.names.set(key, (known = { name: name.trim(), kind: kind as NameKind, places: new Map() }))
		return known
	}
}

async function fromTable(source: ManifestSource, files: SourceFiles, geography: GeographyKeys): Promise<FoundName[]> {
	const list = new NameList(source)
	const { key } = source.names!
	for await (const { cells, row } of rowsOf(source, files, [key])) {
		const ordinal = geography.ordinalOf.get(cells[0]!.trim())
		if (ordinal === undefined) throw new Refusal('name_place_unknown', { file: source.file, row, column: key, value: shownValue(cells[0]!), geography: geography.key })
		list.add(cells[1]!, cells[2], row).places.set(ordinal, NaN)
	}
	return [...list.names.values()]
}

async function fromPoints(source: ManifestSource, files: SourceFiles, places: PolygonLayer): Promise<FoundName[]> {
	const list = new NameList(source)
	const finder = new PlaceFinder(places)
	const { longitude, latitude } = source.names!
	for await (const { cells, row } of rowsOf(source, files, [longitude, latitude])) {
		const [x, y] = [longitude, latitude].map((column, i) => {
			const value = parseNumber(cells[i]!.trim())
			if (value === undefined) throw new ReadRefusal('not_a_number', { file: source.file, row, column, value: shownValue(cells[i]!) })
			return value
		})
		const name = list.add(cells[2]!, cells[3], row)
		const ordinal = finder.findPlace(x!, y!)
		if (ordinal !== undefined) name.places.set(ordinal, NaN)
	}
	return [...list.names.values()]
}

/** The rows of a table: the wanted columns, then name and kind. */
async function* rowsOf(source: ManifestSource, files: SourceFiles, columns: string[]): AsyncGenerator<{ cells: string[]; row: number }> {
	const table: Table = await readTable(files.open(source), { fileName: source.file })
	const { name, kind_column } = source.names!
	const at = [...columns, name, ...(kind_column ? [kind_column] : [])].map((column) => findColumn(table, column))
	for await (const { rows, rowNumbers } of table.batches) {
		for (let i = 0; i < rows.length; i++) yield { cells: at.map((index) => rows[i]![index]!), row: rowNumbers[i]! }
	}
}

/** A place belongs to the name of each kind that covers most of it; a name that is most of no place belongs to the place with most of it. */
async function fromOutlines(source: ManifestSource, files: SourceFiles, places: PolygonLayer): Promise<FoundName[]> {
	const { format, name, kind_column, object } = source.names!
	const layer = await readLayer(source, files, { format: format as 'geojson', object })
	const texts = (column: string) => {
		const values = layer.properties.get(column)
		if (!values) throw new ReadRefusal('column_missing', { file: source.file, column, available: [...layer.properties.keys()].slice(0, 40).join(', ') })
		return values.map((value) => String(value ?? ''))
	}
	const [names, kinds] = [texts(name), kind_column ? texts(kind_column) : undefined]
	const list = new NameList(source)
	const named = names.map((text, i) => list.add(text, kinds?.[i], i + 1))
	const { sources, targets, squareMeters } = overlayAreas(layer, places)
	const shared = new Map<FoundName, Map<number, number>>()
	sources.forEach((feature, k) => {
		const own = shared.get(named[feature]!) ?? new Map<number, number>()
		own.set(targets[k]!, (own.get(targets[k]!) ?? 0) + squareMeters[k]!)
		shared.set(named[feature]!, own)
	})
	assign(shared, areaSquareMeters(places))
	return [...list.names.values()]
}

/** Names share land with places; less than this share of a place is the border's doing. */
const LEAST_SHARE = 0.1

function assign(shared: Map<FoundName, Map<number, number>>, areas: ArrayLike<number>): void {
	const shareOf = (ordinal: number, area: number) => Math.min(1, area / areas[ordinal]!)
	const best = new Map<string, { name: FoundName; area: number }>()
	for (const [name, places] of shared) {
		for (const [ordinal, area] of places) {
			const key = `${name.kind} ${ordinal}`
			if (shareOf(ordinal, area) >= LEAST_SHARE && area > (best.get(key)?.area ?? 0)) best.set(key, { name, area })
		}
	}
	for (const [key, { name, area }] of best) {
		const ordinal = Number(key.split(' ')[1])
		name.places.set(ordinal, shareOf(ordinal, area))
	}
	for (const [name, places] of shared) {
		if (name.places.size > 0) continue
		const [ordinal, area] = [...places].reduce((most, place) => (place[1] > most[1] ? place : most))
		name.places.set(ordinal, shareOf(ordinal, area))
	}
}

/** The outlines of a geography that was loaded before. */
async function readPlaces(writer: Writer<AtlasTables>, geography: string): Promise<PolygonLayer> {
	const chunks = await writer.selectFrom('atlas_loading.geometry').select('rings').where('geography', '=', geography).orderBy('chunk').execute()
	return joinLayers(chunks.map(({ rings }) => decodeRings(rings)))
}

async function writeNames(writer: Writer<AtlasTables>, source: string, geography: string, names: FoundName[]): Promise<void> {
	const { n } = await writer.selectFrom('atlas_loading.name').select((expression) => expression.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
	const taken = new Set((await writer.selectFrom('atlas_loading.name').select('key').execute()).map(({ key }) => key))
	const rows = names.map(({ name, kind }, i) => ({ key: nameKey(name, kind), ordinal: Number(n) + i, name, kind, source }))
	const twice = rows.find(({ key }) => taken.has(key))
	if (twice) throw new Refusal('name_twice', { name: twice.name, source })
	const links = names.flatMap(({ places }, i) => [...places].map(([ordinal, share]) => ({ name: rows[i]!.key, geography, ordinal, share: Number.isNaN(share) ? null : share })))
	for (let at = 0; at < rows.length; at += BATCH) await writer.insertInto('atlas_loading.name').values(rows.slice(at, at + BATCH)).execute()
	for (let at = 0; at < links.length; at += BATCH) await writer.insertInto('atlas_loading.name_place').values(links.slice(at, at + BATCH)).execute()
}
