import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { makeZip } from '@throughline/geo/testing'
import { getAddress, hashOf } from './get-address.ts'

const zip = Buffer.from(makeZip([{ name: 'a.txt', content: 'tracts' }]))
const digest = `sha-256=:${Buffer.from(hashOf(zip), 'hex').toString('base64')}:`

/** What comes of an address that is answered so, and how often it was asked. */
async function outcomeOf(answer: RequestListener, kind: 'json' | 'zip' = 'zip', key?: string) {
	let asked = 0
	const server = createServer((request, response) => (asked++, answer(request, response))).listen(0, '127.0.0.1')
	await new Promise((resolve) => server.once('listening', resolve))
	const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file?x=1`
	const outcome = await getAddress(address, kind, { key, wait: async () => undefined }).catch((cause: unknown) => cause as { code: string; parameters: Record<string, unknown> })
	server.closeAllConnections()
	server.close()
	return { outcome, asked, code: 'code' in outcome ? outcome.code : undefined }
}

test('a checksum that the publisher sends along is kept, and one that differs means a damaged answer', async () => {
	const { outcome } = await outcomeOf((_, response) => response.writeHead(200, { 'repr-digest': digest }).end(zip))
	assert.ok('bytes' in outcome && outcome.publisherSha256 === hashOf(zip))
	const wrong = await outcomeOf((_, response) => response.writeHead(200, { 'repr-digest': digest.replace(/=:./, (start) => `=:${start[2] === 'A' ? 'B' : 'A'}`) }).end(zip))
	assert.deepEqual([wrong.code, wrong.asked], ['fetch_answer_cut', 5])
	const without = await outcomeOf((_, response) => response.end(zip))
	assert.ok('bytes' in without.outcome && without.outcome.publisherSha256 === null)
})

test('a web page in place of a file is never taken for it', async () => {
	const page = '<!DOCTYPE html><html><head><title>Down for maintenance</title></head></html>'
	const { outcome, code } = await outcomeOf((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page))
	assert.equal(code, 'fetch_refused')
	assert.equal((outcome as { parameters: Record<string, unknown> }).parameters.reason, 'Down for maintenance')
	assert.equal((await outcomeOf((_, response) => response.writeHead(404).end(page))).code, 'fetch_not_there')
})

test('the page about keys says which it is, by its words or by the header the Bureau sends', async () => {
	const about: RequestListener = (_, response) => response.writeHead(200).end('<html><body><h1>Invalid Key</h1><p>A valid <em>key</em> must be included</p></body></html>')
	assert.equal((await outcomeOf(about, 'json', 'wrong')).code, 'fetch_key_invalid')
	assert.equal((await outcomeOf(about, 'json')).code, 'fetch_key_missing')
	assert.equal((await outcomeOf((_, response) => response.writeHead(200, { 'x-datawebapi-keyerror': '2' }).end('<html></html>'), 'json', 'wrong')).code, 'fetch_key_invalid')
})

test('an unknown variable and any other refusal are said with the Bureau’s own words, and not asked again', async () => {
	const unknown = await outcomeOf((_, response) => response.writeHead(400).end("error: unknown variable 'DP05_9999E'"), 'json')
	assert.deepEqual([unknown.code, unknown.asked, (unknown.outcome as { parameters: Record<string, unknown> }).parameters.variable], ['fetch_variable_unknown', 1, 'DP05_9999E'])
	const other = await outcomeOf((_, response) => response.writeHead(400).end('error: unknown/unsupported geography hierarchy'), 'json')
	assert.deepEqual([other.code, other.asked], ['fetch_refused', 1])
})
