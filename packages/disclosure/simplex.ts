/** Thrown where whole numbers grow beyond what a double holds exactly; who audits then takes the cell for learnt. */
export class TooLarge extends RangeError {}

/** A linear program in standard form: rows·x = totals with x ≥ 0, everything whole and totals ≥ 0. */
export interface Program {
	rows: Float64Array[]
	totals: number[]
	columns: number
}

export interface Optimum {
	/** The smallest value, as numerator over `denominator`; −Infinity where there is none. */
	numerator: number
	denominator: number
	/** Numerator of every column over the same denominator. */
	at: Float64Array
}

const STALLED = 60

/**
 * Simplex method on whole numbers: every entry is a whole number over one common denominator (Edmonds 1967, Bareiss 1968), so nothing is
 * rounded. Tables with totals give entries of 0 and ±1 throughout. One feasible start serves any number of objectives.
 */
export class Simplex {
	private readonly rows: Float64Array[]
	private readonly basis: number[]
	private readonly columns: number
	private denominator = 1
	/** Whether any x satisfies the rows. */
	readonly feasible: boolean

	constructor({ rows, totals, columns }: Program) {
		this.columns = columns
		const width = columns + rows.length + 1
		this.rows = rows.map((row, r) => {
			const wide = new Float64Array(width)
			wide.set(row)
			wide[columns + r] = 1
			wide[width - 1] = totals[r]!
			return wide
		})
		this.basis = rows.map((_, r) => columns + r)
		this.feasible = this.findStart(width)
	}

	/** Minimizes Σ objective·x from where the last search ended. */
	minimize(objective: Float64Array): Optimum {
		const cost = this.costRow(objective, this.columns)
		const bounded = this.descend(cost, this.columns)
		const at = new Float64Array(this.columns)
		for (const [r, column] of this.basis.entries()) if (column < this.columns) at[column] = this.rows[r]!.at(-1)!
		let numerator = 0
		for (let c = 0; c < this.columns; c++) numerator += objective[c]! * at[c]!
		return { numerator: bounded ? numerator : -Infinity, denominator: this.denominator, at }
	}

	private findStart(width: number): boolean {
		const artificial = new Float64Array(width - 1).fill(1, this.columns)
		const cost = this.costRow(artificial, width - 1)
		this.descend(cost, this.columns)
		const left = this.basis.some((column, r) => column >= this.columns && this.rows[r]!.at(-1)! !== 0)
		if (left) return false
		this.dropArtificials()
		return true
	}

	/** Artificial columns that stayed in the basis at 0 leave it; rows that say nothing new go. */
	private dropArtificials(): void {
		for (let r = this.rows.length - 1; r >= 0; r--) {
			if (this.basis[r]! < this.columns) continue
			const row = this.rows[r]!
			const column = row.findIndex((entry, c) => c < this.columns && entry !== 0)
			if (column >= 0) {
				if (row[column]! < 0) for (let c = 0; c < row.length; c++) row[c] = -row[c]!
				this.pivot(r, column)
			} else {
				this.rows.splice(r, 1)
				this.basis.splice(r, 1)
			}
		}
		for (const [r, row] of this.rows.entries()) {
			const short = new Float64Array(this.columns + 1)
			short.set(row.subarray(0, this.columns))
			short[this.columns] = row.at(-1)!
			this.rows[r] = short
		}
	}

	/** Reduced costs of an objective in the present basis, over the common denominator. */
	private costRow(objective: Float64Array, columns: number): Float64Array {
		const cost = new Float64Array(this.rows[0]?.length ?? columns + 1)
		for (let c = 0; c < columns; c++) cost[c] = objective[c]! * this.denominator
		for (const [r, basic] of this.basis.entries()) {
			const factor = objective[basic] ?? 0
			if (factor === 0) continue
			const row = this.rows[r]!
			for (let c = 0; c < cost.length; c++) cost[c] = exact(cost[c]! - exact(factor * row[c]!))
		}
		return cost
	}

	/** Pivots until no column lowers the objective; false where it falls without end. Bland's rule once it stalls, so it cannot go in circles. */
	private descend(cost: Float64Array, columns: number): boolean {
		let stalled = 0
		for (;;) {
			const column = stalled > STALLED ? cost.findIndex((entry, c) => c < columns && entry < 0) : lowest(cost, columns)
			if (column < 0) return true
			const row = this.leaving(column)
			if (row < 0) return false
			stalled = this.rows[row]!.at(-1)! === 0 ? stalled + 1 : 0
			this.pivot(row, column, cost)
		}
	}

	private leaving(column: number): number {
		let best = -1
		for (const [r, row] of this.rows.entries()) {
			if (row[column]! <= 0) continue
			const other = this.rows[best]
			const difference = other ? exact(row.at(-1)! * other[column]!) - exact(other.at(-1)! * row[column]!) : -1
			if (difference < 0 || (difference === 0 && this.basis[r]! < this.basis[best]!)) best = r
		}
		return best
	}

	private pivot(p: number, column: number, cost?: Float64Array): void {
		const row = this.rows[p]!
		const pivot = row[column]!
		for (const [r, other] of this.rows.entries()) if (r !== p) this.eliminate(other, row, column, pivot)
		if (cost) this.eliminate(cost, row, column, pivot)
		this.denominator = pivot
		this.basis[p] = column
	}

	private eliminate(target: Float64Array, row: Float64Array, column: number, pivot: number): void {
		const factor = target[column]!
		if (factor === 0 && pivot === this.denominator) return
		const before = this.denominator
		for (let c = 0; c < target.length; c++) {
			const [kept, taken] = [target[c]!, row[c]!]
			if (kept === 0 && (taken === 0 || factor === 0)) continue
			target[c] = exact(exact(pivot * kept) - exact(factor * taken)) / before
		}
	}
}

function lowest(cost: Float64Array, columns: number): number {
	let best = -1
	for (let c = 0; c < columns; c++) if (cost[c]! < 0 && (best < 0 || cost[c]! < cost[best]!)) best = c
	return best
}

function exact(value: number): number {
	if (value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER) throw new TooLarge('whole numbers of the search grew too large')
	return value
}
