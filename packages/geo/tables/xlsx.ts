import { SaxesParser } from 'saxes'
import { openZip, type ZipArchive, type ZipLimits } from '../archives/zip.ts'
import { ReadRefusal, shownList } from '../read-refusal.ts'
import { SheetReader } from './sheet-reader.ts'
import { TABLE_LIMITS, type Table, type TableBatch, type TableLimits } from './table.ts'

export interface XlsxOptions extends Partial<TableLimits>, Partial<ZipLimits> {
	fileName: string
	/** Which sheet to read (default: the first). */
	sheet?: string
}

/**
 * Opens a sheet of an Excel workbook. Numbers stay as they are written in the file, dates are serial numbers, a formula counts
 * as its stored result. The first row that is not empty is the header.
 * Throws the refusals of `openZip` and of the table limits, `xlsx_damaged`, `xlsx_sheet_missing`, `table_empty`.
 */
export function openXlsx(bytes: Uint8Array, options: XlsxOptions): Table {
	const archive = openZip(bytes, { maxEntries: 1000, ...options })
	const sheet = findSheet(archive, options)
	const texts = readSharedTexts(archive, options.fileName)
	const limits: TableLimits = {
		maxColumns: options.maxColumns ?? TABLE_LIMITS.maxColumns,
		maxRows: options.maxRows ?? TABLE_LIMITS.maxRows,
		maxCellCharacters: options.maxCellCharacters ?? TABLE_LIMITS.maxCellCharacters,
	}
	const content = readPart(archive, sheet, options.fileName)
	const reader = new SheetReader(options.fileName, texts, limits)
	const batches = readRows(content, reader, options.fileName)
	const first = batches.next()
	if (!reader.header) throw new ReadRefusal('table_empty', { file: options.fileName })
	async function* all(): AsyncGenerator<TableBatch, void> {
		if (!first.done) yield first.value
		yield* batches
	}
	return { fileName: options.fileName, columns: reader.header, batches: all() }
}

function readPart(archive: ZipArchive, name: string, file: string): Uint8Array {
	const content = archive.read(name)
	if (!content) throw new ReadRefusal('xlsx_damaged', { file, part: name })
	return content
}

/** Feeds XML to handlers; a document type (which could define entities) is refused. */
export function parseXml(file: string, part: string, listen: (parser: SaxesParser) => void): { write(text: string): void; close(): void } {
	const parser = new SaxesParser()
	const refuse = (): never => {
		throw new ReadRefusal('xlsx_damaged', { file, part })
	}
	parser.on('error', refuse)
	parser.on('doctype', refuse)
	listen(parser)
	return parser
}

function parsePart(archive: ZipArchive, name: string, file: string, listen: (parser: SaxesParser) => void): void {
	const parser = parseXml(file, name, listen)
	parser.write(new TextDecoder().decode(readPart(archive, name, file)))
	parser.close()
}

function localName(name: string): string {
	return name.slice(name.indexOf(':') + 1)
}

/** The archive name of the wanted sheet, by way of the workbook and its relations. */
function findSheet(archive: ZipArchive, options: XlsxOptions): string {
	const file = options.fileName
	const sheets: { name: string; relation: string }[] = []
	parsePart(archive, 'xl/workbook.xml', file, (parser) =>
		parser.on('opentag', ({ name, attributes }) => {
			if (localName(name) === 'sheet') sheets.push({ name: String(attributes.name), relation: String(attributes['r:id']) })
		}),
	)
	const wanted = options.sheet === undefined ? sheets[0] : sheets.find(({ name }) => name === options.sheet)
	const available = shownList(sheets.map(({ name }) => name))
	if (!wanted) throw new ReadRefusal('xlsx_sheet_missing', { file, sheet: options.sheet ?? '1', available })
	let target = ''
	parsePart(archive, 'xl/_rels/workbook.xml.rels', file, (parser) =>
		parser.on('opentag', ({ attributes }) => {
			if (attributes.Id === wanted.relation) target = String(attributes.Target)
		}),
	)
	return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

/** The texts that cells refer to by number; phonetic hints are left out. */
function readSharedTexts(archive: ZipArchive, file: string): string[] {
	const name = archive.names.find((candidate) => candidate.toLowerCase() === 'xl/sharedstrings.xml')
	const texts: string[] = []
	if (!name) return texts
	let [isText, hints] = [false, 0]
	parsePart(archive, name, file, (parser) => {
		parser.on('opentag', ({ name: tag }) => {
			if (localName(tag) === 'si') texts.push('')
			if (localName(tag) === 'rPh') hints++
			isText = localName(tag) === 't' && hints === 0
		})
		parser.on('text', (text) => {
			if (isText && texts.length > 0) texts[texts.length - 1] += text
		})
		parser.on('closetag', ({ name: tag }) => {
			if (localName(tag) === 'rPh') hints--
			isText = false
		})
	})
	return texts
}

function* readRows(content: Uint8Array, reader: SheetReader, file: string): Generator<TableBatch, void> {
	const parser = parseXml(file, 'sheet', (sheet) => {
		sheet.on('opentag', ({ name, attributes }) => reader.open(localName(name), attributes as Record<string, string>))
		sheet.on('text', (text) => reader.text(text))
		sheet.on('cdata', (text) => reader.text(text))
		sheet.on('closetag', ({ name }) => reader.close(localName(name)))
	})
	const decoder = new TextDecoder()
	for (let at = 0; at < content.length; at += 65_536) {
		parser.write(decoder.decode(content.subarray(at, at + 65_536), { stream: true }))
		if (reader.rows.length > 0) yield reader.takeBatch()
	}
	parser.close()
	if (reader.rows.length > 0) yield reader.takeBatch()
}
