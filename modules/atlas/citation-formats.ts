/** What a reference manager needs of a citation. */
export interface CitationReference {
	id: string
	title: string
	/** Publisher of the source. */
	publisher: string
	/** Name of the installation's region. */
	region: string
	madeAt: Date
	url: string
	/** One sentence with value, margin, place and years. */
	note: string
}

/** A BibTeX entry of type @misc. Braces and backslashes of the text are escaped, capitals kept. */
export function toBibTeX(reference: CitationReference): string {
	const fields: [string, string][] = [
		['title', `{${escapeTeX(reference.title)}}`],
		['author', `{${escapeTeX(reference.publisher)}}`],
		['howpublished', `Throughline, ${escapeTeX(reference.region)}`],
		['year', String(reference.madeAt.getUTCFullYear())],
		['note', escapeTeX(reference.note)],
		['url', reference.url],
	]
	return `@misc{throughline-${reference.id},\n${fields.map(([name, value]) => `  ${name} = {${value}}`).join(',\n')}\n}\n`
}

function escapeTeX(text: string): string {
	return text.replace(/[\\{}]/g, (sign) => (sign === '\\' ? '\\textbackslash{}' : `\\${sign}`)).replace(/[&%$#_]/g, '\\$&').replaceAll('±', '$\\pm$')
}

/** A CSL-JSON item (schema of the Citation Style Language 1.0.2), as a list of one. */
export function toCslJson(reference: CitationReference): string {
	const { madeAt } = reference
	const item = {
		id: `throughline-${reference.id}`,
		type: 'dataset',
		title: reference.title,
		author: [{ literal: reference.publisher }],
		publisher: `Throughline, ${reference.region}`,
		issued: { 'date-parts': [[madeAt.getUTCFullYear(), madeAt.getUTCMonth() + 1, madeAt.getUTCDate()]] },
		URL: reference.url,
		note: reference.note,
	}
	return JSON.stringify([item], null, 2) + '\n'
}
