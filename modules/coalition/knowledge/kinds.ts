/** Kinds of resources; the interface messages hold the names under `resource_kind_<kind>`. */
export const RESOURCE_KINDS = ['guide', 'report', 'data', 'template', 'recording', 'link'] as const
export type ResourceKind = (typeof RESOURCE_KINDS)[number]

/** Languages of resources; names under `resource_language_<language>`. */
export const RESOURCE_LANGUAGES = ['en', 'es', 'both', 'other'] as const
export type ResourceLanguage = (typeof RESOURCE_LANGUAGES)[number]

/** What can be found by words; names under `found_kind_<kind>`. */
export const FINDABLE_KINDS = ['resource', 'question', 'answer', 'goal', 'position', 'proposal', 'decision', 'minutes', 'statement'] as const
export type FindableKind = (typeof FINDABLE_KINDS)[number]

/** What a comment may be about. */
export const COMMENTED_KINDS = ['goal', 'position', 'proposal'] as const
export type CommentedKind = (typeof COMMENTED_KINDS)[number]

/** What happens to a comment: reported by a reader; kept or hidden by a moderator; appealed by its author; hidden for good or shown again by somebody else. */
export type CommentStepKind = 'reported' | 'kept' | 'hidden' | 'appealed' | 'upheld' | 'restored'

/** Minutes in which an author may change a comment. */
export const EDIT_MINUTES = 15
