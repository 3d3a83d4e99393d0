import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { makeZip } from '../testing/make-zip.ts'
import { isRefusal } from '../testing/refusals.ts'
import { openZip, type ZipOptions } from './zip.ts'

function readAll(bytes: Uint8Array, options: Partial<ZipOptions> = {}): Map<string, string> {
	const archive = openZip(bytes, { fileName: 'layer.zip', ...options })
	return new Map(archive.names.map((name) => [name, Buffer.from(archive.read(name)!).toString()]))
}

test('entries are unpacked, packed or stored; folders are left out', () => {
	const bytes = makeZip([{ name: 'a/', content: '' }, { name: 'a/b.txt', content: 'text' }, { name: 'ñ.txt', content: 'x'.repeat(999), stored: true }])
	assert.deepEqual([...readAll(bytes)], [['a/b.txt', 'text'], ['ñ.txt', 'x'.repeat(999)]])
	assert.equal(openZip(bytes, { fileName: 'layer.zip' }).read('missing'), undefined)
})

test('a bomb is refused by the bytes that come out, whatever it declares, and quickly', () => {
	const packed = deflateRawSync(Buffer.alloc(200_000_000))
	for (const size of [200_000_000, 1000]) {
		const bomb = makeZip([{ name: 'a.shp', content: '', packed, size }])
		const [began, memory] = [performance.now(), process.memoryUsage().rss]
		assert.throws(() => readAll(bomb), isRefusal('zip_bomb', { file: 'layer.zip', entry: 'a.shp' }))
		assert.ok(performance.now() - began < 2000)
		assert.ok(process.memoryUsage().rss - memory < 100_000_000)
	}
})

test('all entries together stay under the output limit', () => {
	const noise = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * i * 31) >> 3))
	const parts = Array.from({ length: 5 }, (_, i) => ({ name: `${i}.bin`, content: noise }))
	assert.equal(readAll(makeZip(parts)).size, 5)
	assert.throws(() => readAll(makeZip(parts), { maxOutputBytes: 180_000 }), isRefusal('zip_bomb', { entry: '3.bin' }))
})

test('entries that share bytes or names, links and paths out of the archive are refused', () => {
	const part = { name: 'a.txt', content: 'text' }
	assert.throws(() => readAll(makeZip([part, { name: 'b.txt', content: 'text', sameDataAs: 0 }])), isRefusal('zip_overlap'))
	assert.throws(() => readAll(makeZip([part, part])), isRefusal('zip_overlap'))
	for (const name of ['../a.shp', 'x/../../a.shp', '/etc/a.shp', 'C:a.shp', 'a\\b.shp', 'a\0.shp']) {
		assert.throws(() => readAll(makeZip([{ name, content: 'x' }])), isRefusal('zip_unsafe_entry'))
	}
	assert.throws(() => readAll(makeZip([{ ...part, externalAttributes: 0xa1ff0000 }])), isRefusal('zip_unsafe_entry', { entry: 'a.txt' }))
})

test('an archive in an archive, a password and too many entries are refused', () => {
	assert.throws(() => readAll(makeZip([{ name: 'inner', content: makeZip([{ name: 'a', content: 'x' }]) }])), isRefusal('zip_nested', { entry: 'inner' }))
	assert.throws(() => readAll(makeZip([{ name: 'a', content: 'x', flags: 1 }])), isRefusal('zip_encrypted'))
	const many = Array.from({ length: 65 }, (_, i) => ({ name: `${i}`, content: '' }))
	assert.throws(() => readAll(makeZip(many)), isRefusal('zip_too_many_entries', { entries: 65, limit: 64 }))
	assert.throws(() => readAll(makeZip([{ name: 'a', content: 'x' }], { declaredEntries: 60 })), isRefusal('zip_damaged'))
	assert.throws(() => readAll(Buffer.alloc(2000), { maxBytes: 1000 }), isRefusal('zip_too_large'))
})

test('a cut archive, wrong checksums and other files are refused', () => {
	const bytes = makeZip([{ name: 'a.txt', content: 'some text '.repeat(20) }])
	for (let length = 2; length < bytes.length; length++) {
		assert.throws(() => readAll(bytes.subarray(0, length)), isRefusal('zip_truncated'))
	}
	assert.throws(() => readAll(makeZip([{ name: 'a', content: 'x', crc: 1 }])), isRefusal('zip_damaged', { entry: 'a' }))
	assert.throws(() => readAll(Buffer.from('GEOID,name')), isRefusal('zip_not_an_archive'))
})

test('no damage makes the reader fail other than by a refusal', () => {
	const bytes = makeZip([{ name: 'a.txt', content: 'some text '.repeat(20) }, { name: 'b.txt', content: 'more' }])
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), (changes) => {
			const damaged = Uint8Array.from(bytes)
			for (const [at, value] of changes) damaged[at] = value
			try {
				readAll(damaged)
			} catch (error) {
				assert.equal((error as Error).name, 'ReadRefusal', String((error as Error).stack))
			}
		}),
		{ numRuns: 3000 },
	)
})
