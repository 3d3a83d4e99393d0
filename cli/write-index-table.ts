import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, basename, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { IndexColumn } from '@throughline/stats'
import { Refusal } from '#database'
import { systemReason } from './system-reason.ts'

const ROWS_PER_PIECE = 2_000

/**
 * Writes keys and columns as CSV (gzipped when the name ends in .gz): to a temporary file beside, to disk, then renamed, so that the
 * file is there as a whole or not at all. Missing numbers are written as `missingCode`, or as empty cells.
 */
export async function writeIndexTable(
	file: string, keyColumn: string, keys: readonly string[], columns: readonly IndexColumn[], missingCode: number | undefined, onRows: (rows: number) => void,
): Promise<void> {
	const target = resolve(file)
	const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.part`)
	try {
		const rows = Readable.from(csvPieces(keyColumn, keys, columns, missingCode === undefined ? '' : String(missingCode), onRows))
		const sink = createWriteStream(temporary, { flags: 'wx' })
		if (target.endsWith('.gz')) await pipeline(rows, createGzip(), sink)
		else await pipeline(rows, sink)
		await sync(temporary)
		await rename(temporary, target)
		await sync(dirname(target)).catch(() => undefined)
	} catch (cause) {
		await rm(temporary, { force: true }).catch(() => undefined)
		throw new Refusal('index_not_written', { file, reason: systemReason(cause) }, { cause })
	}
}

async function sync(path: string): Promise<void> {
	const handle = await open(path, 'r')
	try {
		await handle.sync()
	} finally {
		await handle.close()
	}
}

function* csvPieces(keyColumn: string, keys: readonly string[], columns: readonly IndexColumn[], missing: string, onRows: (rows: number) => void): Generator<string, void> {
	yield `${[keyColumn, ...columns.map(({ name }) => name)].map(quoted).join(',')}\n`
	for (let start = 0; start < keys.length; start += ROWS_PER_PIECE) {
		const end = Math.min(keys.length, start + ROWS_PER_PIECE)
		let piece = ''
		for (let row = start; row < end; row++) {
			piece += quoted(keys[row]!)
			for (const column of columns) {
				if (column.kind === 'text') piece += `,${quoted(column.values[row]!)}`
				else piece += column.values[row] === column.values[row] ? `,${column.values[row]}` : `,${missing}`
			}
			piece += '\n'
		}
		yield piece
		onRows(end)
	}
}

/** A text as a CSV cell; one that a spreadsheet would run as a formula is left as it is, because keys must survive a round trip. */
function quoted(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
