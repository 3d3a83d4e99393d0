import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { Refusal, type OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import { kindOf } from './file-kind.ts'
import type { FileTables } from './file-tables.ts'
import { findFile, keepFile, listExtensions, requireFile, useFilePublicly } from './files.ts'

let open: OpenDatabase<FileTables>
before(async () => void (open = await createTestDatabase<FileTables>()))
after(() => open.close())

const NOW = new Date('2026-03-01T12:00:00Z')
const refuses = (code: string) => (cause: unknown) => cause instanceof Refusal && cause.code === code
const keep = (account: string, name: string, content: Uint8Array | string) => open.database.transaction().execute((writer) => keepFile(writer, account, { name, content: Buffer.from(content as string) }, NOW))

test('a kind is told by what a file holds, whatever it is called', () => {
	const bytes = (text: string) => Buffer.from(text, 'latin1')
	assert.equal(kindOf(bytes('%PDF-1.7\n'), 'photo.png'), 'pdf')
	assert.equal(kindOf(bytes('\x89PNG\r\n\x1a\n\0\0'), 'x'), 'png')
	assert.equal(kindOf(bytes('\xff\xd8\xff\xe0'), 'x'), 'jpeg')
	assert.equal(kindOf(bytes('RIFF\x01\x02\x03\x04WEBPVP8 '), 'x'), 'webp')
	assert.equal(kindOf(Buffer.from('\ufeff <!DOCTYPE html><p>Año'), 'page.txt'), 'html')
	assert.equal(kindOf(Buffer.from('a,b\n1,2'), 'Table.CSV'), 'csv')
	assert.equal(kindOf(Buffer.from('We will.'), 'x.html'), 'text')
	for (const [content, name] of [['MZ\x90\0', 'setup.pdf'], ['PK\x03\x04', 'letter.docx'], ['caf\xe9', 'latin.txt'], ['<?xml version="1.0"?><svg>', 'a.svg'], ['', 'empty.txt']] as const) assert.equal(kindOf(bytes(content), name), undefined, name)
})

test('one content is kept once, whoever hands it in; others, empty and large ones are refused', async () => {
	const hash = await keep('u-1', 'minutes.txt', 'We will open the library on Sundays.')
	assert.equal(hash, createHash('sha256').update('We will open the library on Sundays.').digest('hex'))
	assert.equal(await keep('u-2', 'other name.txt', 'We will open the library on Sundays.'), hash)
	const { count } = await open.database.selectFrom('files.file').select(({ fn }) => fn.countAll<string>().as('count')).executeTakeFirstOrThrow()
	assert.equal(Number(count), 1)
	await assert.rejects(keep('u-1', 'a.docx', 'PK\x03\x04\0'), refuses('file_kind_unknown'))
	await assert.rejects(keep('u-1', 'a.txt', ''), refuses('file_missing'))
	await assert.rejects(keep('u-1', 'a.txt', Buffer.alloc(10_000_001, 'a')), refuses('attachment_too_large'))
})

test('a file is read by whoever handed it in, and by everybody once a public record shows it', async () => {
	const hash = await keep('u-1', 'letter.txt', 'A letter that nobody has published')
	assert.equal(await findFile(open.database, hash, undefined), undefined)
	assert.equal(await findFile(open.database, hash, 'u-2'), undefined)
	await assert.rejects(requireFile(open.database, 'u-2', hash), refuses('file_not_found'), 'knowing a hash is not having the file')
	assert.equal((await findFile(open.database, hash, 'u-1'))!.kind, 'text')
	await open.database.transaction().execute((writer) => useFilePublicly(writer, Buffer.from(hash, 'hex'), 'test:record/1', NOW))
	assert.equal((await findFile(open.database, hash, undefined))!.content.toString(), 'A letter that nobody has published')
	assert.equal(await findFile(open.database, `${hash.slice(0, 62)}zz`, undefined), undefined)
})

test('the database refuses to change a file, and one whose hash is another', async () => {
	await keep('u-1', 'kept.txt', 'Kept')
	await assert.rejects(open.database.updateTable('files.file' as never).set({ kind: 'html' } as never).execute(), /append-only/)
	await assert.rejects(open.database.deleteFrom('files.file' as never).execute(), /append-only/)
	await assert.rejects(open.database.insertInto('files.file' as never).values({ sha256: Buffer.alloc(32), kind: 'text', content: Buffer.from('x') } as never).execute(), /file_check|violates check/)
})

test('a copy taken along is named by what it holds, whatever it was called', async () => {
	const page = await keep('u-1', 'photo.png', '<!doctype html><p>Hours')
	const hash = createHash('sha256').update('<!doctype html><p>Hours').digest('hex')
	assert.deepEqual(await listExtensions(open.database, [hash, '0'.repeat(64), 'none']), { [hash]: 'html' })
	assert.ok(page)
})
