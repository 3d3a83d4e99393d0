import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPasswordFault, LONGEST_PASSWORD } from './password-rule.ts'

test('length counts characters, and nothing else is asked of a password', () => {
	assert.equal(findPasswordFault('kurz')?.code, 'password_too_short')
	assert.equal(findPasswordFault('aaaaaaa🦊')?.code, 'password_common')
	assert.equal(findPasswordFault('maple oak river'), undefined)
	assert.equal(findPasswordFault('onlylowercaseletters'), undefined)
	assert.equal(findPasswordFault('ab'.repeat(LONGEST_PASSWORD / 2) + 'c')?.code, 'password_too_long')
})

test('a frequent password and the person’s own name or address are refused', () => {
	for (const password of ['password1', 'Qwertyuiop', 'iLoveYou', '11111111', 'abababab']) assert.equal(findPasswordFault(password)?.code, 'password_common', password)
	for (const password of ['mariana.lopez', 'Mariana.Lopez@example.org', 'Mariana López']) {
		assert.equal(findPasswordFault(password, ['mariana.lopez@example.org', 'Mariana López'])?.code, 'password_personal', password)
	}
})
