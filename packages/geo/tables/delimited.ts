import { ReadRefusal } from '../read-refusal.ts'
import { TextStream, type TextEncoding } from './decode-text.ts'
import { DelimitedParser } from './delimited-parser.ts'
import { TABLE_LIMITS, type Table, type TableBatch, type TableLimits } from './table.ts'

const DELIMITERS = [',', ';', '\t', '|']

export interface DelimitedOptions extends Partial<TableLimits> {
	fileName: string
	/** Found from the first lines when absent. */
	delimiter?: string
	/** Found from the bytes when absent. */
	encoding?: TextEncoding
}

/** How often each delimiter stands outside quotes in each of the first lines. */
function countDelimiters(text: string): Map<string, number[]> {
	const counts = new Map(DELIMITERS.map((delimiter) => [delimiter, [0]]))
	let quoted = false
	let lines = 1
	for (const character of text) {
		if (character === '"') quoted = !quoted
		else if (!quoted && (character === '\n' || character === '\r')) {
			if (++lines > 20) break
			for (const line of counts.values()) line.push(0)
		} else if (!quoted && counts.has(character)) counts.get(character)![lines - 1]!++
	}
	return counts
}

/** The delimiter that stands most often in the header and in most lines behind it; a comma when there is none. */
export function detectDelimiter(text: string): string {
	let best = ','
	let bestScore = 0
	for (const [delimiter, lines] of countDelimiters(text.replace(/^[\r\n\ufeff]+/, ''))) {
		const inHeader = lines[0]!
		const alike = lines.filter((count) => count === inHeader).length / lines.length
		const score = inHeader * (0.5 + alike)
		if (score > bestScore) [best, bestScore] = [delimiter, score]
	}
	return best
}

/**
 * Opens delimited text (CSV, TSV, semicolons or bars) that arrives in pieces. Memory is bounded by one piece of the stream.
 * Throws `table_empty` and the refusals of `DelimitedParser` with row and column.
 */
export async function openDelimited(stream: AsyncIterable<Uint8Array>, options: DelimitedOptions): Promise<Table> {
	const limits = { ...TABLE_LIMITS, ...definedLimits(options) }
	const text = new TextStream(options.fileName, options.encoding)
	let parser: DelimitedParser | undefined
	const texts = decodePieces(stream, text, () => parser?.rowNumber ?? 1)
	const head = await takeHead(texts)
	const delimiter = options.delimiter ?? detectDelimiter(head)
	parser = new DelimitedParser(options.fileName, delimiter, limits)
	const steps = parsePieces(parser, head, texts)
	let ended = false
	while (!parser.header && !ended) ended = (await steps.next()).done === true
	if (!parser.header) throw new ReadRefusal('table_empty', { file: options.fileName })
	const batches = takeBatches(parser, steps, ended)
	return { fileName: options.fileName, columns: parser.header, encoding: text.encoding ?? 'utf-8', delimiter, batches }
}

async function* decodePieces(stream: AsyncIterable<Uint8Array>, text: TextStream, row: () => number): AsyncGenerator<string, void> {
	for await (const piece of stream) yield text.decode(piece, row)
	yield text.finish(row)
}

/** Enough of the text to recognise the delimiter. */
async function takeHead(texts: AsyncGenerator<string, void>): Promise<string> {
	let head = ''
	while (head.length < 16_384) {
		const next = await texts.next()
		if (next.done) break
		head += next.value
	}
	return head
}

async function* parsePieces(parser: DelimitedParser, head: string, texts: AsyncGenerator<string, void>): AsyncGenerator<void, void> {
	parser.push(head)
	yield
	for await (const text of texts) {
		parser.push(text)
		yield
	}
	parser.finish()
}

async function* takeBatches(parser: DelimitedParser, steps: AsyncGenerator<void, void>, ended: boolean): AsyncGenerator<TableBatch, void> {
	try {
		for (;;) {
			if (parser.rows.length > 0) yield parser.takeBatch()
			if (ended) return
			ended = (await steps.next()).done === true
		}
	} finally {
		await steps.return()
	}
}

function definedLimits(options: Partial<TableLimits>): Partial<TableLimits> {
	const { maxColumns, maxRows, maxCellCharacters } = options
	return Object.fromEntries(Object.entries({ maxColumns, maxRows, maxCellCharacters }).filter(([, limit]) => limit !== undefined))
}
