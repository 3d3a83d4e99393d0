import { formatDate } from '#lib/format.ts'
import { localizeHref } from '#lib/paraglide/runtime.js'

export interface Station {
	key: 'gap' | 'citation' | 'agenda' | 'decision' | 'work' | 'result' | 'verified'
	href?: string
	date?: string
}

export interface LinkOfThread {
	from: string
	relation: string
	to: string
	at: Date
}

/** Which station a kind of record fills, and where its page is; later rooms add theirs. */
const KINDS: Record<string, { station: Station['key']; href: (id: string) => string }> = {
	'atlas:series': { station: 'gap', href: (id) => `/indicators/${id.split('/')[0]}` },
	'atlas:recipe': { station: 'gap', href: (id) => `/indices/${id.replace('/', '?version=')}` },
	'coalition:decision': { station: 'decision', href: (id) => `/coalition/decisions/${id}` },
	'coalition:proposal': { station: 'agenda', href: (id) => `/coalition/proposals/${id}` },
	'coalition:goal': { station: 'agenda', href: (id) => `/coalition/goals/${id}` },
	'coalition:campaign': { station: 'work', href: (id) => `/coalition/campaigns/${id}` },
	'coalition:commitment': { station: 'work', href: (id) => `/commitments/${id}` },
	'coalition:statement': { station: 'work', href: (id) => `/statements/${id}` },
	'coalition:uptake': { station: 'result', href: (id) => `/uptake/${id}` },
	'coalition:verdict': { station: 'verified', href: (id) => `/commitments/${id.split('/')[0]}#verdicts` },
	'atlas:citation': { station: 'citation', href: (id) => `/citations/${id}` },
}

/** Kinds of records that many threads touch: whoever cites the same measure, or works in the same hub, is not on one thread for that. */
const SHARED = new Set(['atlas:series', 'atlas:recipe', 'atlas:place', 'atlas:geography', 'atlas:area', 'coalition:body', 'coalition:link'])

/** Whether a thread ends at a record and does not go on through it. */
export const endsThread = (record: string): boolean => SHARED.has(record.slice(0, record.indexOf('/')))

/**
 * The stations that the links of a thread fill, each with its earliest record and its day. A record that only stands at the far end of a
 * link is dated by that link.
 */
export function stationsOf(links: readonly LinkOfThread[]): Station[] {
	const found = new Map<Station['key'], { href: string; at: Date }>()
	const add = (record: string, at: Date) => {
		const slash = record.indexOf('/')
		const kind = KINDS[record.slice(0, slash)]
		if (!kind) return
		const known = found.get(kind.station)
		if (!known || at < known.at) found.set(kind.station, { href: localizeHref(kind.href(record.slice(slash + 1))), at })
	}
	for (const { from, to, at } of links) {
		add(from, at)
		add(to, at)
	}
	// The gap was there before anybody cited it, so it has no day of its own.
	return [...found].map(([key, { href, at }]) => ({ key, href, date: key === 'gap' ? undefined : formatDate(at) }))
}
