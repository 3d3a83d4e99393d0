import { error } from '@sveltejs/kit'
import { toBibTeX, toCslJson, type CitationReference } from '#atlas'
import { findCitation } from '#atlas/server'
import { citationFinding, citationPublishers, citationTitle } from '#lib/citation-words.ts'
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
	const { id, madeAt, frozen } = citation
	const reference: CitationReference = {
		id, madeAt, title: citationTitle(frozen), publisher: citationPublishers(frozen), region: inLanguage(locals.region!.name),
		url: url.origin + url.pathname.replace(/\/reference\.\w+$/, ''), note: citationFinding(frozen).replaceAll('\u00a0', ' '),
	}
	return new Response(format.write(reference), {
		headers: { 'content-type': format.type, 'content-disposition': `attachment; filename="${id}.${params.format}"`, 'cache-control': 'public, max-age=3600' },
	})
}
