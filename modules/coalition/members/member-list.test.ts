import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { guessMemberColumns, readMemberRows } from './member-list.ts'

test('columns are recognised by their headers in both languages, capitals, accents and signs aside', () => {
	assert.deepEqual(guessMemberColumns(['First Name', 'Last Name', 'E-mail Address', 'Mobile Phone', 'Notes']), { first_name: 0, last_name: 1, email: 2, phone: 3 })
	assert.deepEqual(guessMemberColumns(['Teléfono', 'Nombre', 'Apellidos', 'Correo electrónico']), { first_name: 1, last_name: 2, email: 3, phone: 0 })
	assert.deepEqual(guessMemberColumns(['x', 'y']), {})
})

test('a row without a name, with an address that is none, or that stands twice says so with its number', () => {
	const rows = [['Ana Ruiz', 'ana@example.org', ''], ['', 'b@example.org', ''], ['Cy', 'cy at example', '12'], ['ANA  RUIZ', 'Ana@Example.org', ''], [' ', '', ''], ['Ben Ruiz', 'ana@example.org', '']]
	const members = readMemberRows(rows, { name: 0, email: 1, phone: 2 })
	assert.deepEqual(members.map(({ row, faults }) => [row, faults]), [
		[2, []], [3, [{ kind: 'no_name' }]], [4, [{ kind: 'email', value: 'cy at example' }, { kind: 'phone', value: '12' }]], [5, [{ kind: 'twice', row: 2 }]], [7, []],
	])
})

test('whatever a list holds, no row is lost: each that is not empty is a person with its own number', () => {
	fc.assert(fc.property(fc.array(fc.array(fc.string(), { minLength: 3, maxLength: 3 })), (rows) => {
		const members = readMemberRows(rows, { name: 0, email: 1, phone: 2 })
		assert.deepEqual(members.map(({ row }) => row), rows.flatMap((cells, i) => (cells.every((cell) => cell.trim() === '') ? [] : [i + 2])))
		for (const { name, faults } of members) assert.ok(name !== '' || faults.some(({ kind }) => kind === 'no_name'))
	}))
})
