export { commentState, type CommentState, type CommentStep } from './comment-state.ts'
export { excerptOf, FOUND_BEGINS, FOUND_ENDS, PIECE_ENDS, type ExcerptPiece } from './excerpt.ts'
export { COMMENTED_KINDS, EDIT_MINUTES, FINDABLE_KINDS, RESOURCE_KINDS, RESOURCE_LANGUAGES, type CommentedKind, type CommentStepKind, type FindableKind, type ResourceKind, type ResourceLanguage } from './kinds.ts'
export { cutLinks, type TextPiece } from './text-links.ts'
