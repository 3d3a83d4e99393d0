import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ReadRefusal, type ReadRefusalParameters } from '../read-refusal.ts'

const FOLDER = join(import.meta.dirname, '../../../messages/en')
const SENTENCES: Record<string, string> = Object.assign({}, ...globSync('*.json', { cwd: FOLDER }).map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))))

/** Checks that an error is the refusal with this code, has the given parameters, and all that its sentence speaks of. */
export function isRefusal(code: string, parameters: ReadRefusalParameters = {}): (error: unknown) => true {
	return (error) => {
		assert.ok(error instanceof ReadRefusal, String(error))
		assert.equal(error.code, code)
		for (const [, name] of SENTENCES[`error_${code}`]!.matchAll(/\{(\w+)\}/g)) assert.ok(name! in error.parameters, `${code} lacks ${name}`)
		assert.deepEqual({ ...error.parameters, ...parameters }, error.parameters)
		return true
	}
}

/** Bytes in pieces of a size that cuts wherever it falls. */
export async function* inPieces(content: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array, void> {
	const bytes = Buffer.from(content)
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
