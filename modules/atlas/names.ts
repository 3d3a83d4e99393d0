/** What a name is the name of. */
export const NAME_KINDS = ['city', 'zip', 'neighborhood'] as const
export type NameKind = (typeof NAME_KINDS)[number]

/** A name that people know, and the places of a geography that it stands for. */
export interface PlaceName {
	key: string
	name: string
	kind: NameKind
	ordinals: readonly number[]
}

/** Lower case without accents, so that everybody finds what they mean. */
export function fold(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The words of a text as they are compared. */
export function wordsOf(text: string): string[] {
	return fold(text).split(/[^\p{L}\p{N}.]+/u).filter(Boolean)
}

/** The part of an address that stands for a name: `westside-neighborhood`. */
export function nameKey(name: string, kind: NameKind): string {
	return `${wordsOf(name).join('-').replace(/\.+/g, '-') || 'name'}-${kind}`
}

/**
 * The names of which every word of the question begins a word, whole names first, then in alphabetical order. Words that are no name
 * at all (`isKindWord`) do not count; a question of such words alone finds nothing.
 */
export function searchNames(names: readonly PlaceName[], question: string, isKindWord: (word: string) => boolean = () => false): PlaceName[] {
	const asked = wordsOf(question).filter((word) => !isKindWord(word))
	if (asked.length === 0) return []
	const fitting = names.flatMap((name) => {
		const own = wordsOf(name.name)
		return asked.every((word) => own.some((part) => part.startsWith(word))) ? [{ name, whole: own.join(' ') === asked.join(' ') }] : []
	})
	return fitting.sort((a, b) => Number(b.whole) - Number(a.whole) || a.name.name.localeCompare(b.name.name, 'en')).map(({ name }) => name)
}
