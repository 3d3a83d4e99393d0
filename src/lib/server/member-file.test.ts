import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#database'
import { readMemberFile } from './member-file.ts'

const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join('\r\n'))

test('address cards of versions 3 and 4 become rows with name, e-mail, telephone and language', async () => {
	const cards = bytes('BEGIN:VCARD', 'VERSION:3.0', 'N:Ruiz;Ana;;;', 'item1.EMAIL;TYPE=INTERNET:ana@example.org', 'TEL;TYPE=CELL:(404) 555-0101', 'END:VCARD', 'BEGIN:VCARD', 'VERSION:4.0', 'FN:Bo\\, Li', 'TEL;VALUE=uri:tel:+1-404-555-0102', 'LANG:es', 'END:VCARD', '')
	assert.deepEqual((await readMemberFile('people.vcf', cards)).rows, [['Ana Ruiz', 'ana@example.org', '(404) 555-0101', ''], ['Bo, Li', '', '+1-404-555-0102', 'es']])
	assert.deepEqual((await readMemberFile('one.vcf', bytes('BEGIN:VCARD', 'VERSION:3.0', 'FN:Cy', 'END:VCARD'))).rows, [['Cy', '', '', '']])
})

test('a card that cannot be read is refused with the line', async () => {
	await assert.rejects(readMemberFile('old.vcf', bytes('BEGIN:VCARD', 'VERSION:2.1', 'TEL;CELL:1', 'END:VCARD')), (cause) => cause instanceof Refusal && cause.code === 'members_cards_unreadable' && String(cause.parameters.reason).includes('TEL'))
})

test('a table is read with any delimiter, and an empty file is refused', async () => {
	assert.deepEqual(await readMemberFile('list.csv', bytes('Nombre;Correo', 'Ana;ana@example.org')), { fileName: 'list.csv', columns: ['Nombre', 'Correo'], rows: [['Ana', 'ana@example.org']] })
	await assert.rejects(readMemberFile('list.csv', bytes('')), (cause) => cause instanceof Refusal && cause.code === 'table_empty')
})
