/** How far a goal is. Numbers are of one measure in its unit. */
export interface GoalNumbers {
	/** The number when the goal was set; undefined where none was cited or known. */
	baseline: number | undefined
	latest: number | undefined
	target: number | undefined
}

/** Share of the way from baseline to target, 0 to 1; undefined where it cannot be told. A step back is 0, a step beyond is 1. */
export function goalProgress({ baseline, latest, target }: GoalNumbers): number | undefined {
	if (baseline === undefined || latest === undefined || target === undefined) return undefined
	if (![baseline, latest, target].every(Number.isFinite)) return undefined
	if (baseline === target) return latest === target ? 1 : undefined
	return Math.min(1, Math.max(0, (latest - baseline) / (target - baseline)))
}

export interface AgendaProgress {
	/** Weighted mean over the goals that can be told, 0 to 100; undefined where none can. */
	percent: number | undefined
	/** Share of the weight that can be told, 0 to 1. */
	known: number
	/** Goals that cannot be told. */
	unknown: number
}

/** Progress of an agenda: sum of weight times progress over sum of weights, among the goals that can be told. */
export function agendaProgress(goals: readonly { weight: number; progress: number | undefined }[]): AgendaProgress {
	const all = goals.reduce((sum, { weight }) => sum + weight, 0)
	const told = goals.filter(({ progress }) => progress !== undefined)
	const weight = told.reduce((sum, goal) => sum + goal.weight, 0)
	const mean = told.reduce((sum, goal) => sum + (goal.weight / weight) * goal.progress!, 0)
	return { percent: weight > 0 ? Math.min(100, Math.max(0, 100 * mean)) : undefined, known: all > 0 ? weight / all : 0, unknown: goals.length - told.length }
}
