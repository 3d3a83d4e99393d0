import { ReadRefusal } from '../read-refusal.ts'
import type { TableBatch, TableLimits } from './table.ts'

/** Gathers the rows of a worksheet from its XML tags. */
export class SheetReader {
	header: string[] | undefined
	rows: string[][] = []
	private rowNumbers: number[] = []
	private readonly file: string
	private readonly texts: string[]
	private readonly limits: TableLimits
	private rowNumber = 0
	private cells: string[] = []
	private column = -1
	private type = 'n'
	private value = ''
	private isValue = false
	private dataRows = 0

	constructor(file: string, texts: string[], limits: TableLimits) {
		this.file = file
		this.texts = texts
		this.limits = limits
	}

	open(tag: string, attributes: Record<string, string>): void {
		if (tag === 'row') {
			this.rowNumber = attributes.r === undefined ? this.rowNumber + 1 : Number(attributes.r)
			this.cells = []
			this.column = -1
		} else if (tag === 'c') {
			this.column = attributes.r === undefined ? this.column + 1 : columnOf(attributes.r)
			this.type = attributes.t ?? 'n'
			this.value = ''
			if (!(this.column < 16_384)) throw new ReadRefusal('xlsx_damaged', { file: this.file, part: `row ${this.rowNumber}` })
		}
		this.isValue = tag === 'v' || tag === 't'
	}

	text(text: string): void {
		if (!this.isValue) return
		this.value += text
		if (this.value.length > this.limits.maxCellCharacters) {
			const column = this.header?.[this.column] ?? String(this.column + 1)
			throw new ReadRefusal('cell_too_long', { file: this.file, row: this.rowNumber, column, limit: this.limits.maxCellCharacters })
		}
	}

	close(tag: string): void {
		this.isValue = false
		if (tag === 'c') this.endCell()
		else if (tag === 'row' && this.cells.some((cell) => cell !== '')) this.endRow()
	}

	takeBatch(): TableBatch {
		const batch = { rows: this.rows, rowNumbers: this.rowNumbers }
		this.rows = []
		this.rowNumbers = []
		return batch
	}

	private endCell(): void {
		while (this.cells.length < this.column) this.cells.push('')
		this.cells[this.column] = this.shownText()
	}

	private shownText(): string {
		if (this.type === 's') {
			const text = this.texts[Number(this.value)]
			if (text === undefined) throw new ReadRefusal('xlsx_damaged', { file: this.file, part: `row ${this.rowNumber}` })
			return text
		}
		return this.type === 'b' ? (this.value === '1' ? 'TRUE' : 'FALSE') : this.value
	}

	private endRow(): void {
		const { cells, file, rowNumber: row } = this
		while (cells[cells.length - 1] === '') cells.pop()
		const limit = this.limits.maxColumns
		if (!this.header) {
			if (cells.length > limit) throw new ReadRefusal('too_many_columns', { file, columns: cells.length, limit })
			this.header = cells.map((name) => name.trim())
			return
		}
		const columns = this.header.length
		if (cells.length > columns) throw new ReadRefusal('too_many_cells', { file, row, cells: cells.length, columns })
		while (cells.length < columns) cells.push('')
		if (++this.dataRows > this.limits.maxRows) throw new ReadRefusal('too_many_rows', { file, limit: this.limits.maxRows })
		this.rows.push(cells)
		this.rowNumbers.push(row)
	}
}

/** "AB12" → 27. */
function columnOf(reference: string): number {
	let column = 0
	for (let i = 0; i < reference.length; i++) {
		const letter = reference.charCodeAt(i) - 64
		if (letter < 1 || letter > 26) break
		column = column * 26 + letter
	}
	return column - 1
}
