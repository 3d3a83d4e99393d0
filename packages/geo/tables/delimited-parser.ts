import { ReadRefusal } from '../read-refusal.ts'
import type { TableLimits } from './table.ts'

const QUOTE = 34
const LINE_FEED = 10
const CARRIAGE_RETURN = 13

type State = 'start' | 'plain' | 'quoted' | 'quote-seen'

/**
 * Splits delimited text (RFC 4180, with LF, CRLF or CR line ends) into rows, piece by piece, without going back.
 * The first row that is not blank is the header: it sets how many cells a row has. Rows are numbered as a spreadsheet shows them.
 */
export class DelimitedParser {
	header: string[] | undefined
	rows: string[][] = []
	rowNumbers: number[] = []
	/** The row being read. */
	rowNumber = 1
	private readonly fileName: string
	private readonly delimiter: number
	private readonly limits: TableLimits
	private state: State = 'start'
	private cells: string[] = []
	private cell = ''
	private quoteRow = 1
	private dataRows = 0
	private afterReturn = false

	constructor(fileName: string, delimiter: string, limits: TableLimits) {
		this.fileName = fileName
		this.delimiter = delimiter.charCodeAt(0)
		this.limits = limits
	}

	push(text: string): void {
		let at = 0
		if (this.afterReturn && text.length > 0) {
			if (text.charCodeAt(0) === LINE_FEED) at = 1
			this.afterReturn = false
		}
		while (at < text.length) {
			if (this.state === 'quoted') at = this.readQuoted(text, at)
			else if (this.state === 'plain') at = this.readPlain(text, at)
			else at = this.readEdge(text, at)
		}
	}

	/** Ends the file: a row without line end is a row, unless it is cut off. */
	finish(): void {
		if (this.state === 'quoted') this.refuse('unclosed_quote', { row: this.quoteRow })
		if (this.state === 'start' && this.cells.length === 0) return
		this.cells.push(this.cell)
		if (this.header && this.cells.length < this.header.length) {
			this.refuse('file_truncated', { row: this.rowNumber, cells: this.cells.length, columns: this.header.length })
		}
		this.endRow()
	}

	takeBatch(): { rows: string[][]; rowNumbers: number[] } {
		const batch = { rows: this.rows, rowNumbers: this.rowNumbers }
		this.rows = []
		this.rowNumbers = []
		return batch
	}

	private readPlain(text: string, from: number): number {
		let end = from
		while (end < text.length) {
			const code = text.charCodeAt(end)
			if (code === this.delimiter || code === LINE_FEED || code === CARRIAGE_RETURN) break
			end++
		}
		this.append(text.slice(from, end))
		return end < text.length ? this.endCell(text, end) : end
	}

	private readQuoted(text: string, from: number): number {
		const close = text.indexOf('"', from)
		this.append(text.slice(from, close < 0 ? text.length : close))
		if (close < 0) return text.length
		this.state = 'quote-seen'
		return close + 1
	}

	/** At the start of a cell, or right behind a quote inside a quoted cell. */
	private readEdge(text: string, at: number): number {
		const code = text.charCodeAt(at)
		if (code === this.delimiter || code === LINE_FEED || code === CARRIAGE_RETURN) return this.endCell(text, at)
		if (this.state === 'quote-seen') {
			if (code === QUOTE) this.append('"')
			else this.refuse('text_after_quote', { row: this.rowNumber })
			this.state = 'quoted'
			return at + 1
		}
		this.state = code === QUOTE ? 'quoted' : 'plain'
		this.quoteRow = this.rowNumber
		return code === QUOTE ? at + 1 : at
	}

	private append(text: string): void {
		this.cell = this.cell === '' ? text : this.cell + text
		if (this.cell.length <= this.limits.maxCellCharacters) return
		if (this.state === 'quoted') this.refuse('unclosed_quote', { row: this.quoteRow })
		this.refuse('cell_too_long', { row: this.rowNumber, limit: this.limits.maxCellCharacters })
	}

	private endCell(text: string, at: number): number {
		const code = text.charCodeAt(at)
		if (code === this.delimiter) {
			this.cells.push(this.cell)
			this.cell = ''
			this.state = 'start'
			this.checkWidth()
			return at + 1
		}
		if (this.state !== 'start' || this.cells.length > 0) {
			this.cells.push(this.cell)
			this.endRow()
		}
		this.rowNumber++
		if (code === LINE_FEED) return at + 1
		this.afterReturn = at + 1 === text.length
		return text.charCodeAt(at + 1) === LINE_FEED ? at + 2 : at + 1
	}

	private checkWidth(): void {
		const limit = this.header ? this.header.length + this.limits.maxColumns : this.limits.maxColumns
		if (this.cells.length < limit) return
		if (this.header) this.refuse('too_many_cells', { row: this.rowNumber, cells: this.cells.length, columns: this.header.length })
		this.refuse('too_many_columns', { columns: this.cells.length + 1, limit: this.limits.maxColumns })
	}

	private endRow(): void {
		const cells = this.cells
		this.cells = []
		this.cell = ''
		this.state = 'start'
		if (!this.header) this.header = cells.map((name) => name.trim())
		else this.addRow(cells, this.header.length)
	}

	private addRow(cells: string[], width: number): void {
		while (cells.length > width && cells[cells.length - 1] === '') cells.pop()
		if (cells.length > width) this.refuse('too_many_cells', { row: this.rowNumber, cells: cells.length, columns: width })
		if (cells.length < width) this.refuse('too_few_cells', { row: this.rowNumber, cells: cells.length, columns: width })
		if (++this.dataRows > this.limits.maxRows) this.refuse('too_many_rows', { limit: this.limits.maxRows })
		this.rows.push(cells)
		this.rowNumbers.push(this.rowNumber)
	}

	private refuse(code: string, parameters: Record<string, number>): never {
		const column = this.header?.[this.cells.length] ?? String(this.cells.length + 1)
		throw refusalOf(code, { file: this.fileName, column, ...parameters })
	}
}

/** The refusals of the parser, each written out so that the test of messages finds its code. */
function refusalOf(code: string, parameters: Record<string, string | number>): ReadRefusal {
	switch (code) {
		case 'unclosed_quote': return new ReadRefusal('unclosed_quote', parameters)
		case 'text_after_quote': return new ReadRefusal('text_after_quote', parameters)
		case 'file_truncated': return new ReadRefusal('file_truncated', parameters)
		case 'cell_too_long': return new ReadRefusal('cell_too_long', parameters)
		case 'too_many_columns': return new ReadRefusal('too_many_columns', parameters)
		case 'too_many_cells': return new ReadRefusal('too_many_cells', parameters)
		case 'too_few_cells': return new ReadRefusal('too_few_cells', parameters)
		default: return new ReadRefusal('too_many_rows', parameters)
	}
}
