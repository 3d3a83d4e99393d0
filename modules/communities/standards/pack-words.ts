import type { PackText, StandardPack } from './pack.ts'

/** How many rows of a pack nobody has confirmed, by list. Empty where all are. */
export function countUnconfirmed(pack: StandardPack): Map<string, number> {
	const certification = pack.certification
	const lists: [string, readonly { unconfirmed: boolean }[]][] = [
		['lenses', pack.lenses], ['areas', pack.areas], ['categories', pack.areas.flatMap(({ categories }) => categories)], ['objectives', pack.objectives], ['indicators', pack.objectives.flatMap(({ indicators }) => indicators)],
		['phases', pack.phases], ['actions', pack.actions], ['deliverables', pack.deliverables], ['coverage', pack.coverage], ['submissions', certification?.submissions ?? []],
		['requirements', certification?.submissions.flatMap(({ requirements }) => requirements) ?? []], ['award', [certification?.award, certification?.reports].filter((one) => one !== undefined)],
	]
	return new Map(lists.map(([list, rows]) => [list, rows.filter(({ unconfirmed }) => unconfirmed).length] as const).filter(([, count]) => count > 0))
}

/** Why a version cannot be awarded by anybody, or undefined: it has no certification, no certifier, or rows that nobody confirmed. */
export function whyNeverAwarded(pack: StandardPack): 'no_certification' | 'no_certifier' | 'unconfirmed' | undefined {
	if (!pack.certification) return 'no_certification'
	const counts = pack.certification && [...countUnconfirmed(pack)].filter(([list]) => list === 'submissions' || list === 'requirements' || list === 'award')
	if (counts.length > 0) return 'unconfirmed'
	return pack.certifier ? undefined : 'no_certifier'
}

/** A text in a language, else in the first that it has, with the language it is then in. */
export function packText(text: PackText | undefined, language: 'en' | 'es'): { words: string; language: 'en' | 'es' } {
	const found = text?.[language] ? language : ((['en', 'es'] as const).find((one) => text?.[one]) ?? language)
	return { words: text?.[found] ?? '', language: found }
}
