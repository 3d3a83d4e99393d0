import assert from 'node:assert/strict'
import { createServer, type AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { OutgoingMail } from '#people/server'

/** A mail server that speaks just enough SMTP (RFC 5321) to take letters. */
const letters: string[] = []
const server = createServer((socket) => {
	let text: string | undefined
	socket.setEncoding('utf8')
	socket.write('220 mail.test ESMTP\r\n')
	socket.on('data', (chunk: string) => {
		if (text !== undefined) {
			text += chunk
			if (!text.endsWith('\r\n.\r\n')) return
			letters.push(text)
			text = undefined
			return void socket.write('250 taken\r\n')
		}
		if (chunk.startsWith('DATA')) {
			text = ''
			return void socket.write('354 go on\r\n')
		}
		socket.write(chunk.startsWith('QUIT') ? '221 bye\r\n' : '250 ok\r\n')
	})
	socket.on('error', () => undefined)
})
before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
after(() => server.close())

const environment = () => ({ THROUGHLINE_SMTP_URL: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}?ignoreTLS=true`, THROUGHLINE_MAIL_FROM: 'atlas@example.org' })
const link: OutgoingMail = { kind: 'magic_link', recipient: 'ada@example.org', parameters: { url: 'http://localhost:3000/sign-in/link?token=abc' } }

/** Imported late, because the messages are compiled by the build that precedes the tests. */
const delivery = () => import('./mail-delivery.ts')

test('without a mail server nothing is delivered, and the page knows', async () => {
	const { canDeliverMail, mailDelivery } = await delivery()
	assert.equal(canDeliverMail({}), false)
	assert.equal(mailDelivery({ THROUGHLINE_SMTP_URL: 'smtp://mail.example.org' }), undefined)
})

test('a sign-in link goes out in both languages', async () => {
	const { mailDelivery } = await delivery()
	await mailDelivery(environment())!(link)
	const letter = letters.at(-1)!.replace(/=\r\n/g, '').replaceAll('=3D', '=')
	assert.match(letter, /^To: .*ada@example\.org/m)
	assert.match(letter, /^From: atlas@example\.org/m)
	assert.equal(letter.split('http://localhost:3000/sign-in/link?token=abc').length, 3)
})

test('an address cannot smuggle in a header or a second recipient', async () => {
	const { mailDelivery } = await delivery()
	const before = letters.length
	await mailDelivery(environment())!({ ...link, recipient: 'ada@example.org\r\nBcc: eve@example.org' }).catch(() => undefined)
	for (const letter of letters.slice(before)) assert.doesNotMatch(letter, /^Bcc:/m)
})

test('a letter about an RSVP goes out in the language of its guest alone, with what it is about and its link', async () => {
	const { mailDelivery } = await delivery()
	const about = { url: 'http://localhost:3000/es/convenings/g-abc/rsvp/k7mp2xqd', title: 'Rentas', when_es: 'el martes' }
	for (const kind of ['rsvp_coming', 'rsvp_waiting'] as const) {
		await mailDelivery(environment())!({ kind, recipient: 'ada@example.org', language: 'es', parameters: about })
		const letter = letters.at(-1)!.replace(/=\r\n/g, '').replaceAll('=3D', '=')
		assert.equal(letter.split(about.url).length, 2)
		assert.match(letter, /Rentas.*el martes/)
		assert.doesNotMatch(letter, /waiting list|You have a seat/)
	}
})
