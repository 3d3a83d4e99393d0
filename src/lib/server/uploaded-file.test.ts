import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Refusal } from '#database'
import { readUploadedFile } from './uploaded-file.ts'

const BOUNDARY = '----WebKitFormBoundaryX'
const form = (content: Uint8Array, name = 'table.csv') =>
	Buffer.concat([Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n`), content, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)])

/** A request whose body comes in pieces that end at these places. */
function request(body: Buffer, cuts: number[] = [], headers: Record<string, string> = {}): Request {
	const ends = [...new Set([...cuts.map((cut) => cut % body.length), body.length])].sort((a, b) => a - b)
	const stream = new ReadableStream({
		start(controller) {
			ends.reduce((from, to) => (to > from && controller.enqueue(new Uint8Array(body.subarray(from, to))), to), 0)
			controller.close()
		},
	})
	return new Request('http://localhost/data', { method: 'POST', body: stream, duplex: 'half', headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, 'content-length': String(body.length), ...headers } } as RequestInit)
}

test('the bytes of a file are the same wherever the network cuts the form', async () => {
	await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat(1000), { maxLength: 12 }), async (content, cuts) => {
		const file = (await readUploadedFile(request(form(content), cuts), 1))!
		assert.deepEqual(Buffer.concat(file.pieces), Buffer.from(content))
		assert.deepEqual([file.name, file.size], ['table.csv', content.length])
	}))
})

test('a form that states too many bytes is refused before it is read', async () => {
	const asked = request(form(Buffer.from('a')), [], { 'content-length': '2100000' })
	await assert.rejects(readUploadedFile(asked, 2), (cause) => cause instanceof Refusal && cause.code === 'import_file_too_large')
	assert.equal(asked.bodyUsed, false)
})

test('a form without a file, a form of another kind and one that was cut off hold no file', async () => {
	assert.equal(await readUploadedFile(request(form(Buffer.alloc(0), '')), 1), undefined)
	assert.equal(await readUploadedFile(request(Buffer.from('a=1'), [], { 'content-type': 'application/x-www-form-urlencoded' }), 1), undefined)
	assert.equal(await readUploadedFile(request(form(Buffer.from('abc')).subarray(0, -5)), 1), undefined)
})

test('names with accents and quotes arrive as they are', async () => {
	assert.equal((await readUploadedFile(request(form(Buffer.from('a'), 'Árboles %22x%22.csv')), 1))!.name, 'Árboles "x".csv')
})
