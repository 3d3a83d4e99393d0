import type { StandardPack } from './pack.ts'

/** What is wrong with a pack although its shape is right: where, and which words say it. */
export interface PackFault {
	path: (string | number)[]
	code: string
	parameters?: Record<string, string | number>
}

/** Keys given twice, keys that lead nowhere, texts that lack a promised language, and certifications that nobody could ever finish. */
export function faultsOf(pack: StandardPack): PackFault[] {
	return [...repeated(pack), ...dangling(pack), ...untranslated(pack), ...endless(pack)]
}

const LISTS = ['lenses', 'areas', 'objectives', 'phases', 'actions', 'deliverables', 'gates'] as const

function repeated(pack: StandardPack): PackFault[] {
	const faults = (path: (string | number)[], rows: readonly { key: string }[]) => {
		const seen = new Set<string>()
		return rows.flatMap(({ key }, i) => (seen.has(key) ? [{ path: [...path, i, 'key'], code: 'pack_key_twice', parameters: { key } }] : (seen.add(key), [])))
	}
	const submissions = pack.certification?.submissions ?? []
	return [
		...LISTS.flatMap((list) => faults([list], pack[list])),
		...faults(['certification', 'submissions'], submissions),
		...submissions.flatMap(({ requirements }, i) => faults(['certification', 'submissions', i, 'requirements'], requirements)),
		...pack.actions.flatMap(({ fields }, i) => faults(['actions', i, 'fields'], fields)),
	]
}

function dangling(pack: StandardPack): PackFault[] {
	const known = (rows: readonly { key: string }[]) => new Set(rows.map(({ key }) => key))
	const [areas, phases, actions, deliverables] = [known(pack.areas), known(pack.phases), known(pack.actions), known(pack.deliverables)]
	const submissions = pack.certification?.submissions ?? []
	const named = known(submissions)
	const check = (key: string | undefined, among: Set<string>, path: (string | number)[]): PackFault[] => (key === undefined || among.has(key) ? [] : [{ path, code: 'pack_key_unknown', parameters: { key } }])
	const categories = new Map(pack.areas.map(({ key, categories }) => [key, known(categories)]))
	return [
		...pack.objectives.flatMap(({ area, category }, i) => [...check(area, areas, ['objectives', i, 'area']), ...check(category, categories.get(area) ?? new Set(), ['objectives', i, 'category'])]),
		...pack.actions.flatMap(({ phase }, i) => check(phase, phases, ['actions', i, 'phase'])),
		...pack.deliverables.flatMap(({ phase, actions: from }, i) => [...check(phase, phases, ['deliverables', i, 'phase']), ...from.flatMap((key, n) => check(key, actions, ['deliverables', i, 'actions', n]))]),
		...submissions.flatMap(({ after, due, requirements }, i) => {
			const here = ['certification', 'submissions', i]
			return [
				...after.flatMap((key, n) => check(key, named, [...here, 'after', n])),
				...check(due?.after.startsWith('endorsement:') ? due.after.slice(12) : undefined, named, [...here, 'due', 'after']),
				...requirements.flatMap(({ deliverable, action }, n) => [...check(deliverable, deliverables, [...here, 'requirements', n, 'deliverable']), ...check(action, actions, [...here, 'requirements', n, 'action'])]),
			]
		}),
		...(pack.certification?.award.after ?? []).flatMap((key, n) => check(key, named, ['certification', 'award', 'after', n])),
	]
}

function untranslated(pack: StandardPack): PackFault[] {
	const faults: PackFault[] = []
	const walk = (value: unknown, path: (string | number)[]): void => {
		if (typeof value !== 'object' || value === null) return
		if (Array.isArray(value)) return value.forEach((inner, i) => walk(inner, [...path, i]))
		const words = Object.keys(value)
		if (words.length > 0 && words.every((word) => word === 'en' || word === 'es')) {
			for (const language of pack.languages) if (!(value as Record<string, string>)[language]) faults.push({ path, code: 'pack_language_missing', parameters: { language } })
			return
		}
		for (const word of words) walk((value as Record<string, unknown>)[word], [...path, word])
	}
	walk(pack, [])
	return faults
}

/** Submissions that wait for each other, and levels that the points of all requirements cannot reach. */
function endless(pack: StandardPack): PackFault[] {
	const { submissions, award } = pack.certification ?? { submissions: [], award: undefined }
	const done = new Set<string>()
	for (let grew = true; grew; ) {
		const next = submissions.filter(({ key, after }) => !done.has(key) && after.every((one) => done.has(one) || !submissions.some(({ key }) => key === one)))
		for (const { key } of next) done.add(key)
		grew = next.length > 0
	}
	const points = submissions.flatMap(({ requirements }) => requirements).reduce((sum, one) => sum + (one.points ?? 0), 0)
	return [
		...submissions.flatMap(({ key }, i) => (done.has(key) ? [] : [{ path: ['certification', 'submissions', i, 'after'], code: 'pack_waits_for_itself', parameters: { key } }])),
		...(award?.levels ?? []).flatMap(({ key, points: needed }, i) => (needed > points ? [{ path: ['certification', 'award', 'levels', i, 'points'], code: 'pack_level_beyond_points', parameters: { key, points } }] : [])),
	]
}
