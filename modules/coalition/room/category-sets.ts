/** Where the community's share of an option comes from: a share of the atlas, or what is left of several. */
export type CommunitySource = { is: string } | { restOf: readonly string[] }

/** One question of the survey. Every one is optional; nothing is ever asked about citizenship or immigration. */
export interface CategorySet {
	options: readonly string[]
	/** Option → its share in the atlas; a question without it is compared with nothing. */
	community?: Readonly<Record<string, CommunitySource>>
	/** The option that is answered in one's own words. */
	ownWords?: string
}

/** Names of options stand in the interface messages under `room_option_<set>_<option>`. */
export const CATEGORY_SETS = {
	race: {
		options: ['black', 'hispanic', 'white', 'asian', 'american_indian', 'pacific_islander', 'two_or_more', 'other_race'],
		community: {
			black: { is: 'black' }, hispanic: { is: 'hispanic' }, white: { is: 'white' }, asian: { is: 'asian' }, american_indian: { is: 'american-indian' },
			pacific_islander: { is: 'pacific-islander' }, two_or_more: { is: 'two-or-more-races' }, other_race: { is: 'other-race' },
		},
	},
	age: {
		options: ['under_18', 'from_18_to_64', 'from_65'],
		community: { under_18: { is: 'children' }, from_18_to_64: { restOf: ['children', 'older-adults'] }, from_65: { is: 'older-adults' } },
	},
	gender: { options: ['woman', 'man', 'nonbinary', 'own_words'], ownWords: 'own_words' },
	home: { options: ['rents', 'owns'], community: { rents: { restOf: ['homeowners'] }, owns: { is: 'homeowners' } } },
	language: { options: ['english', 'spanish', 'other_language'], ownWords: 'other_language' },
	disability: { options: ['with', 'without'], community: { with: { is: 'disability' }, without: { restOf: ['disability'] } } },
	years: { options: ['under_2', 'from_2_to_9', 'from_10'] },
} as const satisfies Record<string, CategorySet>

export type SetName = keyof typeof CATEGORY_SETS
export const SET_NAMES = Object.keys(CATEGORY_SETS) as SetName[]

/** A question by its name, with the same shape for all. */
export const categorySet = (name: SetName): CategorySet => CATEGORY_SETS[name]

/** Names of the atlas's shares that the questions are compared with. */
export function sharesOf(names: readonly SetName[]): string[] {
	const sources = names.flatMap((name) => Object.values(categorySet(name).community ?? {}))
	return [...new Set(sources.flatMap((source) => ('is' in source ? [source.is] : source.restOf)))]
}
