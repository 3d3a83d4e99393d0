import type { Generated } from 'kysely'
import type { CommentStepKind, ResourceKind, ResourceLanguage } from '../../knowledge/index.ts'

/** Tables of the exchange of knowledge in schema `coalition`. */
export interface KnowledgeTables {
	'coalition.resource': {
		id: string; body: string; kind: ResourceKind; title: string; summary: string; language: ResourceLanguage; topic: string | null; address: string; sha256: Buffer | null
		authors: string; licence: string; supersedes: string | null; added_at: Date; added_by: string; withdrawn_at: Date | null; withdrawn_by: string | null; reason: Generated<string>
	}
	'coalition.question': { id: string; to_body: string; from_body: string; exchange: string | null; title: string; text: string; person: string; asked_at: Date }
	'coalition.answer': { id: string; question: string; text: string; person: string; answered_at: Date; withdrawn_at: Date | null; helped: Generated<boolean> }
	'coalition.comment': { id: string; body: string; goal: string | null; position: string | null; proposal: string | null; text: string; person: string; at: Date; edited_at: Date | null; withdrawn_at: Date | null }
	'coalition.comment_step': { id: Generated<string>; comment: string; kind: CommentStepKind; reason: string; by: string; at: Date }
}
