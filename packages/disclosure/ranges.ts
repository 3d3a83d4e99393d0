import { Simplex, TooLarge, type Program } from './simplex.ts'
import { valueOf, type Statement, type Terms } from './statements.ts'

/** The smallest and the largest whole value that agree with everything published; Infinity where nothing bounds it. */
export interface Range {
	least: number
	most: number
}

const MOST_BRANCHES = 400

/** Everything that follows from statements about whole counts that are never negative. Errors: RangeError where they contradict each other. */
export class Knowledge {
	private readonly known: ReadonlyMap<string, number>
	private readonly open: readonly Statement[]
	private readonly columns: ReadonlyMap<string, number>
	private readonly simplex: Simplex
	/** Counts that agree with everything, found on the way: each shows that its values are possible. */
	readonly witnesses: ReadonlyMap<string, number>[] = []

	constructor(statements: readonly Statement[]) {
		const { known, open } = resolve(statements)
		this.known = known
		this.open = open
		this.columns = new Map([...new Set(open.flatMap(({ terms }) => [...terms.keys()]))].map((cell, column) => [cell, column]))
		this.simplex = new Simplex(programOf(open, this.columns))
		if (!this.simplex.feasible) throw new RangeError('the published numbers contradict each other')
	}

	/** The exact range of a sum of cells. Errors: `TooLarge` where it cannot be found out within reason. */
	rangeOf(terms: Terms): Range {
		const rest = new Map([...terms].filter(([cell]) => !this.known.has(cell)))
		const fixed = valueOf(new Map([...terms].filter(([cell]) => this.known.has(cell))), this.known)
		const unbound = [...rest].filter(([cell]) => !this.columns.has(cell))
		const [free, below] = [unbound.some(([, factor]) => factor > 0), unbound.some(([, factor]) => factor < 0)]
		return { least: below ? -Infinity : fixed + this.lowest(rest, 1), most: free ? Infinity : fixed - this.lowest(rest, -1) }
	}

	private lowest(terms: Terms, sign: 1 | -1): number {
		const objective = new Map([...terms].filter(([cell]) => this.columns.has(cell)).map(([cell, factor]) => [cell, sign * factor]))
		const found = this.search(this.simplex, objective, [], Infinity, { left: MOST_BRANCHES })
		return found === Infinity ? NaN : found
	}

	/** Smallest whole value by branching on a count that came out as a fraction; tables with totals never branch. */
	private search(simplex: Simplex, objective: Terms, added: readonly Statement[], best: number, budget: { left: number }): number {
		if (!simplex.feasible) return best
		if (budget.left-- <= 0) throw new TooLarge('too many cases to look at')
		const costs = new Float64Array(programOf([...this.open, ...added], this.columns).columns)
		for (const [cell, factor] of objective) costs[this.columns.get(cell)!] = factor
		const { numerator, denominator, at } = simplex.minimize(costs)
		if (numerator === -Infinity) return -Infinity
		if (Math.ceil(numerator / denominator) >= best) return best
		const split = [...this.columns].find(([, column]) => at[column]! % denominator !== 0)
		if (!split) return this.remember(at, denominator), numerator / denominator
		const [cell, column] = split
		const floor = Math.floor(at[column]! / denominator)
		for (const side of [{ least: -Infinity, most: floor }, { least: floor + 1, most: Infinity }]) {
			const narrowed = [...added, { terms: new Map([[cell, 1]]), ...side }]
			best = this.search(new Simplex(programOf([...this.open, ...narrowed], this.columns)), objective, narrowed, best, budget)
		}
		return best
	}

	private remember(at: Float64Array, denominator: number): void {
		this.witnesses.push(new Map([...this.known, ...[...this.columns].map(([cell, column]): [string, number] => [cell, at[column]! / denominator])]))
	}
}

/** Cells that follow by putting known ones in, again and again, and what the statements say about the others. */
function resolve(statements: readonly Statement[]): { known: Map<string, number>; open: Statement[] } {
	const known = new Map<string, number>()
	let open = [...statements]
	for (let before = -1; before !== known.size; ) {
		before = known.size
		open = open.map(({ terms, least, most }) => {
			const inside = new Map([...terms].filter(([cell]) => known.has(cell)))
			if (inside.size === 0) return { terms, least, most }
			const fixed = valueOf(inside, known)
			return { terms: new Map([...terms].filter(([cell]) => !known.has(cell))), least: least - fixed, most: most - fixed }
		})
		for (const { terms, least, most } of open) learn(known, terms, least, most)
		if (open.some(({ terms, least, most }) => terms.size === 0 && (least > 0 || most < 0))) throw new RangeError('the published numbers contradict each other')
		open = open.filter(({ terms }) => terms.size > 0)
	}
	return { known, open }
}

function learn(known: Map<string, number>, terms: Terms, least: number, most: number): void {
	const all = [...terms]
	if (most === 0 && all.every(([, factor]) => factor > 0)) for (const [cell] of all) known.set(cell, 0)
	const [cell, factor] = all[0] ?? ['', 0]
	if (all.length === 1 && least === most && Number.isInteger(least / factor) && least / factor >= 0 && !known.has(cell)) known.set(cell, least / factor)
}

/** The statements as equations, each inequality with a column of its own for what is left over. */
function programOf(statements: readonly Statement[], cells: ReadonlyMap<string, number>): Program {
	const sides = statements.flatMap(({ terms, least, most }) => {
		if (least === most) return [{ terms, total: least, slack: 0 }]
		return [...(least > -Infinity ? [{ terms, total: least, slack: -1 }] : []), ...(most < Infinity ? [{ terms, total: most, slack: 1 }] : [])]
	})
	let columns = cells.size
	const width = cells.size + sides.filter(({ slack }) => slack !== 0).length
	const rows = sides.map(({ terms, total, slack }) => {
		const sign = total < 0 ? -1 : 1
		const row = new Float64Array(width)
		for (const [cell, factor] of terms) row[cells.get(cell)!] = sign * factor
		if (slack !== 0) row[columns++] = sign * slack
		return row
	})
	return { rows, totals: sides.map(({ total }) => Math.abs(total)), columns: width }
}
