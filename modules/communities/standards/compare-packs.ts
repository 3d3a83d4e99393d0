import type { StandardPack } from './pack.ts'

/** One difference of two versions: where, and what stood and stands there as text; an absent side was added or removed whole. */
export interface PackChange {
	/** Which list it is of, and the key of the row: `objectives`, `affordable`. Empty key for the pack itself. */
	list: string
	key: string
	/** The word of the row that changed; empty where the whole row came or went. */
	word: string
	before?: unknown
	after?: unknown
}

const LISTS = ['lenses', 'areas', 'objectives', 'phases', 'actions', 'deliverables', 'gates'] as const
const IGNORED = new Set(['standard', 'version', 'edition', ...LISTS, 'certification'])

/**
 * What a project sees before it moves to another version: rows by their keys, in the order of the newer version, removed ones last. The order of
 * rows is no difference.
 */
export function comparePacks(before: StandardPack, after: StandardPack): PackChange[] {
	const [scheme, other] = [before.certification, after.certification]
	return [
		...wordsOf('', '', rest(before), rest(after)),
		...LISTS.flatMap((list) => rowsOf(list, before[list], after[list])),
		...rowsOf('submissions', scheme?.submissions ?? [], other?.submissions ?? []),
		...wordsOf('certification', '', { ...scheme, submissions: undefined }, { ...other, submissions: undefined }),
	]
}

type Row = { key: string } & Record<string, unknown>

const rest = (pack: StandardPack): Record<string, unknown> => Object.fromEntries(Object.entries(pack).filter(([word]) => !IGNORED.has(word)))

function rowsOf(list: string, before: readonly Row[], after: readonly Row[]): PackChange[] {
	const stood = new Map(before.map((row) => [row.key, row]))
	const stands = new Set(after.map(({ key }) => key))
	return [
		...after.flatMap((row) => {
			const old = stood.get(row.key)
			return old ? wordsOf(list, row.key, old, row) : [{ list, key: row.key, word: '', after: row }]
		}),
		...before.filter(({ key }) => !stands.has(key)).map((row) => ({ list, key: row.key, word: '', before: row })),
	]
}

function wordsOf(list: string, key: string, before: Record<string, unknown>, after: Record<string, unknown>): PackChange[] {
	return [...new Set([...Object.keys(before), ...Object.keys(after)])]
		.filter((word) => canonical(before[word]) !== canonical(after[word]))
		.map((word) => ({ list, key, word, before: before[word], after: after[word] }))
}

/** A value as a text in which the order of words does not matter. */
function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
	const words = Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
	return `{${words.map(([word, inner]) => `${word}:${canonical(inner)}`).join(',')}}`
}
