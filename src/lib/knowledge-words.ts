import type { FindableKind, ResourceKind, ResourceLanguage } from '#coalition'
import { m } from '#lib/paraglide/messages.js'

export const resourceKindName = (kind: ResourceKind): string => m[`resource_kind_${kind}`]()
export const resourceLanguageName = (language: ResourceLanguage): string => m[`resource_language_${language}`]()
/** The language that a resource's own words are marked with; undefined where they are in several or another. */
export const markedLanguage = (language: ResourceLanguage): 'en' | 'es' | undefined => (language === 'en' || language === 'es' ? language : undefined)
export const foundKindName = (kind: FindableKind): string => m[`found_kind_${kind}`]()

/** The page that shows something found. */
export function foundHref({ kind, id, page }: { kind: FindableKind; id: string; page: string }): string {
	const hrefs: Record<FindableKind, string> = {
		resource: `/coalition/resources/${page}`, question: `/coalition/questions/${page}`, answer: `/coalition/questions/${page}#${id}`, goal: `/coalition/goals/${page}`,
		position: `/coalition/goals/${page}#${id}`, proposal: `/coalition/proposals/${page}`, decision: `/coalition/decisions/${page}`, minutes: `/convenings/${page}`, statement: `/statements/${page}`,
	}
	return hrefs[kind]
}
