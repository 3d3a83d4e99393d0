import assert from 'node:assert/strict'
import { ReadRefusal, type ReadRefusalParameters } from '../read-refusal.ts'

/** Checks that an error is the refusal with this code, and that its parameters contain the given ones. */
export function isRefusal(code: string, parameters: ReadRefusalParameters = {}): (error: unknown) => true {
	return (error) => {
		assert.ok(error instanceof ReadRefusal, String(error))
		assert.equal(error.code, code)
		assert.deepEqual({ ...error.parameters, ...parameters }, error.parameters)
		return true
	}
}

/** Bytes in pieces of a size that cuts wherever it falls. */
export async function* inPieces(content: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array, void> {
	const bytes = Buffer.from(content)
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
