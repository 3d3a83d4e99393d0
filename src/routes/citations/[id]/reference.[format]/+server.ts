import { error } from '@sveltejs/kit'
import { toBibTeX, toCslJson, type CitationReference } from '#atlas'
import { findCitation } from '#atlas/server'
import { formatMargin, formatValue } from '#lib/format.ts'
import { inLanguage } from '#lib/localized.ts'
import type { RequestHandler } from './$types'

const FORMATS: Record<string, { write: (reference: CitationReference) => string; type: string }> = {
	bib: { write: toBibTeX, type: 'application/x-bibtex; charset=utf-8' },
	json: { write: toCslJson, type: 'application/vnd.citationstyles.csl+json; charset=utf-8' },
}

/** The citation for a reference manager: `reference.bib` or `reference.json` (CSL-JSON). */
export const GET: RequestHandler = async ({ params, locals, url }) => {
	const format = FORMATS[params.format]
	const citation = format && (await findCitation(locals.database, params.id))
	if (!citation) error(404)
	const { indicator, place, vintage, estimate, margin, source } = citation.frozen
	const value = [formatValue(estimate, indicator.unit, indicator.decimals), formatMargin(margin, indicator.decimals)].filter(Boolean).join(' ')
	const reference: CitationReference = {
		id: citation.id, title: `${inLanguage(indicator.name)}, ${place.name}, ${place.county}`, publisher: source.publisher, region: inLanguage(locals.region!.name),
		madeAt: citation.madeAt, url: url.origin + url.pathname.replace(/\/reference\.\w+$/, ''), note: `${value} (${vintage})`.replaceAll('\u00a0', ' '),
	}
	return new Response(format.write(reference), {
		headers: { 'content-type': format.type, 'content-disposition': `attachment; filename="${citation.id}.${params.format}"`, 'cache-control': 'public, max-age=3600' },
	})
}
