import { Refusal, type CoreTables, type Reader } from '#database'
import type { CitationRequest, CitedIndicator, CitedNumber, CitedSource, FrozenCitation, FrozenMap, FrozenNumber, FrozenProfile, FrozenRank } from '../../citation.ts'
import { compare, standingOf, valueOfArea } from '../../comparison.ts'
import type { Bilingual } from '../../domains.ts'
import { findAreaProfile } from '../areas/area-profile.ts'
import { findIndicator, type Indicator } from '../indicators.ts'
import { findProfile } from '../profile.ts'
import { readSeries, type Series, type SeriesHead } from '../series.ts'
import type { AtlasTables } from '../tables.ts'
import { freezeIndex } from './freeze-index.ts'
import { findHead, findNames, findSubject, type Subject } from './subject.ts'

export const METHOD_VERSION = 'area-comparison-1'

export const orNull = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value)

/** What a request freezes, read now. Errors: `citation_nothing_there` when the place or the measure is not in the atlas. */
export async function freeze(reader: Reader<AtlasTables & CoreTables>, request: CitationRequest): Promise<FrozenCitation> {
	const names = await findNames(reader)
	if (!names) throw new Refusal('citation_nothing_there', { indicator: '', place: '' })
	if (request.kind === 'map') return freezeMap(reader, request, names.region)
	if (request.kind === 'index') return freezeIndex(reader, request, names.region)
	if (request.kind === 'profile') return freezeProfile(reader, request, names.region)
	return freezeNumber(reader, request, names)
}

async function freezeNumber(reader: Reader<AtlasTables & CoreTables>, request: CitationRequest & { kind: 'number' | 'rank' }, names: { region: Bilingual; state: Bilingual }): Promise<FrozenNumber | FrozenRank> {
	const nothing = new Refusal('citation_nothing_there', { indicator: request.indicator, place: request.geoid })
	const [found, subject] = await Promise.all([findIndicator(reader, request.indicator), findSubject(reader, request.geography, request.geoid, names)])
	const head = subject && (await findHead(reader, request.indicator, subject.geography.key))
	if (!found || !subject || !head) throw nothing
	const [series] = await readSeries(reader, [head])
	const place = subject.place
	const shared = { place, ...(await frozenSeries(reader, found.indicator, head)), ...numberOf(subject, series!, names.region) }
	if (request.kind === 'number') return { kind: 'number', ...shared }
	const standing = subject.ordinal === undefined ? undefined : standingOf(series!.estimates, subject.ordinal, subject.geography.regional)
	if (!standing) throw nothing
	return { kind: 'rank', ...shared, standing: { ...standing, among: names.region } }
}

/** A subject's number in a series, beside the region's. */
export function numberOf(subject: Subject, series: Series, region: Bilingual): CitedNumber {
	const own = subject.valueIn(series)
	const area = valueOfArea(series, subject.geography.regional)
	return {
		estimate: orNull(own.estimate), margin: orNull(own.moe), how: own.how,
		comparison: { with: 'region', name: region, how: area.how, estimate: orNull(area.estimate), margin: orNull(area.moe), verdict: compare(own, area) },
	}
}

async function freezeMap(reader: Reader<AtlasTables>, request: CitationRequest & { kind: 'map' }, region: Bilingual): Promise<FrozenMap> {
	const [found, head] = await Promise.all([findIndicator(reader, request.indicator), findHead(reader, request.indicator, request.geography, request.vintage)])
	if (!found || !head) throw new Refusal('citation_nothing_there', { indicator: request.indicator, place: request.geography })
	const { lowest, middle, highest, missing, unreliable, places } = request.summary
	return {
		kind: 'map', geography: request.geography, region, ...(await frozenSeries(reader, found.indicator, head)),
		classes: { ...request.classes, minimum: orNull(request.classes.minimum ?? undefined) }, view: request.view,
		summary: { lowest: orNull(lowest), middle: orNull(middle), highest: orNull(highest), missing, unreliable, places },
	}
}

async function freezeProfile(reader: Reader<AtlasTables & CoreTables>, request: CitationRequest & { kind: 'profile' }, region: Bilingual): Promise<FrozenProfile> {
	const area = request.geography === 'area'
	const profile = area ? await findAreaProfile(reader, request.geoid) : await findProfile(reader, request.geography, request.geoid)
	if (!profile) throw new Refusal('citation_nothing_there', { indicator: '', place: request.geoid })
	const place = 'place' in profile ? { geography: profile.geography.key, geoid: profile.place.geoid, name: profile.place.name, county: profile.place.countyName } : { geography: 'area', geoid: profile.area.id, name: profile.area.name, county: '' }
	const rows = profile.rows.map((row): FrozenProfile['rows'][number] => ({
		indicator: citedIndicator(row.indicator, row.series), vintage: row.series.vintage, series: { version: row.series.version, hash: row.series.hash }, source: row.series.source,
		estimate: orNull(row.estimate), margin: orNull(row.margin), how: area ? 'apportioned' : 'own',
		comparison: { with: 'region', name: region, how: row.region.how, estimate: orNull(row.region.estimate), margin: orNull(row.region.moe), verdict: row.region.verdict },
		standing: row.standing ? { rank: row.standing.rank, of: row.standing.of } : null,
	}))
	const keys = [...new Set(rows.map(({ source }) => source))]
	const sources = await reader.selectFrom('atlas.source').select(['key', 'publisher', 'sha256']).where('key', 'in', keys).orderBy('key').execute()
	return { kind: 'profile', place, rows, sources, methodVersion: METHOD_VERSION }
}

async function frozenSeries(reader: Reader<AtlasTables>, indicator: Indicator, head: SeriesHead) {
	const source: CitedSource = await reader.selectFrom('atlas.source').select(['key', 'publisher', 'sha256']).where('key', '=', head.source).executeTakeFirstOrThrow()
	return { indicator: citedIndicator(indicator, head), vintage: head.vintage, series: { version: head.version, hash: head.hash }, source, methodVersion: METHOD_VERSION }
}

function citedIndicator(indicator: Indicator, head: SeriesHead): CitedIndicator {
	const { recipe } = indicator.definition
	return { key: indicator.key, name: indicator.name, unit: indicator.unit, decimals: head.decimals, direction: indicator.direction, ...(recipe && { recipe }) }
}
