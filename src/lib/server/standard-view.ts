import { error } from '@sveltejs/kit'
import { countUnconfirmed, whyNeverAwarded, type StandardPack } from '#communities'
import { findStandard, type PublishedStandard } from '#communities/server'
import { getLocale } from '#lib/paraglide/runtime.js'

type Text = { en?: string | undefined; es?: string | undefined }

/** A pack with every text in one language. */
export type Read<T> = [T] extends [Text | undefined] ? (T extends undefined ? string | undefined : string) : T extends (infer U)[] ? Read<U>[] : T extends object ? { [K in keyof T]: Read<T[K]> } : T

/** The pack in the language of the page, else in its own first one. */
export function readIn(pack: StandardPack): { pack: Read<StandardPack>; language: 'en' | 'es' } {
	const language = pack.languages.includes(getLocale()) ? getLocale() : pack.languages[0]!
	return { pack: inOne(pack, language) as Read<StandardPack>, language }
}

function inOne(value: unknown, language: 'en' | 'es'): unknown {
	if (typeof value !== 'object' || value === null) return value
	if (Array.isArray(value)) return value.map((inner) => inOne(inner, language))
	const words = Object.keys(value)
	if (words.length > 0 && words.every((word) => word === 'en' || word === 'es')) return (value as Record<string, string>)[language]
	return Object.fromEntries(Object.entries(value).map(([word, inner]) => [word, inOne(inner, language)]))
}

/** A published version as its page shows it. */
export function standardView({ pack, publishedAt, sha256 }: PublishedStandard) {
	return { ...readIn(pack), why: whyNeverAwarded(pack), unconfirmed: [...countUnconfirmed(pack).values()].reduce((sum, count) => sum + count, 0), publishedAt, sha256 }
}

/** The version that an address names; a page that does not exist where it was never published. */
export async function getStandard(locals: App.Locals, { standard, version }: { standard: string; version: string }, edition?: string | null): Promise<PublishedStandard> {
	const found = await findStandard(locals.database, standard, version, edition && /^\d{1,3}$/.test(edition) ? Number(edition) : undefined)
	return found ?? error(404)
}
