import { readGeoid } from './campaign.ts'

/** A goal as typed for one place, in percent; without a goal the place loses its target. */
export interface ListedGoal {
	geoid: string
	goal: number | undefined
}

/** A typed list of goals, one place a line: GEOID and percent, parted by a comma, semicolon, tab or space. `none` takes a target away. Lines that cannot be read are named by number. */
export function readGoalList(text: string): { goals: ListedGoal[]; lines: number[] } {
	const goals = new Map<string, ListedGoal>()
	const lines: number[] = []
	text.split(/\r?\n/).forEach((line, i) => {
		if (!line.trim()) return
		const [place = '', number = '', ...more] = line.trim().split(/[\s,;]+/)
		const geoid = readGeoid(place)
		const goal = /^none$/i.test(number) ? undefined : /^\d+(\.\d+)?$/.test(number) ? Number(number) : Number.NaN
		if (!geoid || more.some(Boolean) || Number.isNaN(goal) || goal === 0 || goal! > 100 || goals.has(geoid)) lines.push(i + 1)
		else goals.set(geoid, { geoid, goal })
	})
	return { goals: [...goals.values()], lines }
}
