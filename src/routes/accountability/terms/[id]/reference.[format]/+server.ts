import { error } from '@sveltejs/kit'
import { toBibTeX, toCslJson } from '#atlas'
import { findTerm } from '#coalition/server'
import { countRatings, ratingName } from '#lib/accountability-words.ts'
import { inLanguage } from '#lib/localized.ts'
import { m } from '#lib/paraglide/messages.js'
import type { RequestHandler } from './$types'

const FORMATS: Record<string, { write: typeof toBibTeX; type: string }> = {
	bib: { write: toBibTeX, type: 'application/x-bibtex; charset=utf-8' },
	json: { write: toCslJson, type: 'application/vnd.citationstyles.csl+json; charset=utf-8' },
}

/** A scorecard for a reference manager, as it stands today: `reference.bib` or `reference.json` (CSL-JSON). */
export const GET: RequestHandler = async ({ params, locals, url }) => {
	const now = new Date()
	const format = FORMATS[params.format]
	const term = format && (await findTerm(locals.database, params.id, now))
	if (!term) error(404)
	const note = term.commitments.length === 0 ? m.commitment_none() : countRatings(term.commitments).map(({ rating, count }) => `${ratingName(rating)}: ${count}`).join(', ')
	const reference = {
		id: term.id, madeAt: now, title: m.term_title({ name: term.holder, post: `${term.office.post}, ${term.publicBody.name}` }), publisher: term.publicBody.keptBy.name,
		region: inLanguage(locals.region!.name), url: url.origin + url.pathname.replace(/\/reference\.\w+$/, ''), note,
	}
	return new Response(format.write(reference), { headers: { 'content-type': format.type, 'content-disposition': `attachment; filename="${term.id}.${params.format}"`, 'cache-control': 'public, max-age=300' } })
}
