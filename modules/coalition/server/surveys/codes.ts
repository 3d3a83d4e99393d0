import { createHash } from 'node:crypto'
import { newId, type Writer } from '#database'
import type { CoalitionTables } from '../coalition-tables.ts'
import { readCode } from '../convenings/rsvps.ts'

const CODE_SIGNS = 12

/** What is kept of a code. */
export const hashOfCode = (code: string): Buffer => createHash('sha256').update(`wave ${readCode(code)}`).digest()

/** New codes of a wave. Only their hashes are kept, in the order of the hashes, so that no row tells which was made first. */
export async function makeCodes(writer: Writer<CoalitionTables>, wave: string, count: number): Promise<string[]> {
	const codes = Array.from({ length: count }, () => newId('', CODE_SIGNS).slice(1))
	const hashes = codes.map(hashOfCode).sort(Buffer.compare)
	if (count > 0) await writer.insertInto('room.wave_code').values(hashes.map((code_hash) => ({ code_hash, wave }))).execute()
	return codes
}
