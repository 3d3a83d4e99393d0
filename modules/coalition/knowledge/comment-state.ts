import type { CommentStepKind } from './kinds.ts'

export interface CommentStep {
	kind: CommentStepKind
	reason: string
	by: string
	at: Date
}

export interface CommentState {
	/** Its text is not shown. */
	hidden: boolean
	/** Why it was hidden, in its place; undefined while it is shown. */
	reason: string | undefined
	/** Who hid it, and so does not decide an appeal. */
	hiddenBy: string | undefined
	/** Reports that no moderator has answered yet. */
	reports: CommentStep[]
	/** An appeal that waits for somebody else than who hid it. */
	appeal: CommentStep | undefined
	/** What was said of the appeal. */
	ruling: CommentStep | undefined
}

/** Where a comment stands after these steps, given in their order. */
export function commentState(steps: readonly CommentStep[]): CommentState {
	const last = (kind: CommentStepKind) => steps.findLast((step) => step.kind === kind)
	const [hiding, appeal, ruling] = [last('hidden'), last('appealed'), steps.findLast(({ kind }) => kind === 'upheld' || kind === 'restored')]
	const hidden = hiding !== undefined && ruling?.kind !== 'restored'
	const answered = steps.findLastIndex(({ kind }) => kind === 'kept' || kind === 'hidden' || kind === 'restored')
	return {
		hidden, reason: hidden ? hiding.reason : undefined, hiddenBy: hiding?.by,
		reports: hidden ? [] : steps.filter(({ kind }, n) => kind === 'reported' && n > answered),
		appeal: ruling ? undefined : appeal, ruling,
	}
}
