import assert from 'node:assert/strict'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { test } from 'node:test'
import { checkSenderDomain } from './check-sender-domain.ts'

/** A name server (RFC 1035) that knows TXT records of some names, says that others do not exist, and answers nothing at all where `silent`. */
async function openNameServer(known: Record<string, string[]>, silent = false): Promise<{ address: string; socket: Socket }> {
	const socket = createSocket('udp4')
	socket.on('message', (query, from) => {
		if (silent) return
		const labels: string[] = []
		let at = 12
		while (query[at]) {
			labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!))
			at += query[at]! + 1
		}
		const question = query.subarray(12, at + 5)
		const records = known[labels.join('.').toLowerCase()]
		const head = Buffer.from(query.subarray(0, 12))
		head.writeUInt16BE(records ? 0x8180 : 0x8183, 2)
		head.writeUInt16BE(records?.length ?? 0, 6)
		head.writeUInt32BE(0, 8)
		const answers = (records ?? []).map((text) => {
			// Texts of more than 255 octets come in pieces.
			const pieces = text.match(/.{1,200}/g)!.map((piece) => Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece, 'latin1')]))
			const data = Buffer.concat(pieces)
			const fixed = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0])
			fixed.writeUInt16BE(data.length, 10)
			return Buffer.concat([fixed, data])
		})
		socket.send(Buffer.concat([head, question, ...answers]), from.port, from.address)
	})
	socket.bind(0, '127.0.0.1')
	await once(socket, 'listening')
	return { address: `127.0.0.1:${socket.address().port}`, socket }
}

test('a domain is asked for SPF and DMARC; what stands above a subdomain counts for it, and a record in pieces is one', async () => {
	const long = `v=spf1 ${Array.from({ length: 12 }, (_, n) => `include:_spf${n}.mail.example.net`).join(' ')} ~all`
	const { address, socket } = await openNameServer({ 'news.example.org': ['hello', long], '_dmarc.example.org': ['v=DMARC1; p=reject'] })
	try {
		assert.deepEqual(await checkSenderDomain('news.example.org', { servers: [address] }), { domain: 'news.example.org', spf: { state: 'found', record: long }, dmarc: { state: 'found', record: 'v=DMARC1; p=reject', policy: 'reject', name: '_dmarc.example.org' } })
		assert.deepEqual(await checkSenderDomain('nothing.test', { servers: [address] }), { domain: 'nothing.test', spf: { state: 'missing' }, dmarc: { state: 'missing', name: '_dmarc.nothing.test' } })
	} finally {
		socket.close()
	}
})

test('a name server that does not answer is said not to have been asked, within the time limit', async () => {
	const { address, socket } = await openNameServer({}, true)
	try {
		const began = performance.now()
		assert.deepEqual(await checkSenderDomain('example.org', { servers: [address], seconds: 1 }), { domain: 'example.org', spf: { state: 'unasked' }, dmarc: { state: 'unasked' } })
		assert.ok(performance.now() - began < 3000)
	} finally {
		socket.close()
	}
})
