import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#database'
import { drawPicture, MOST_WAITING } from './draw-picture.ts'

const SQUARES = Array.from({ length: 40_000 }, (_, i) => `<path d="M${i % 200} ${(i / 200) | 0}h.9v.9h-.9z" fill="#${((i * 7919) % 0xffffff).toString(16).padStart(6, '0')}"/>`).join('')
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200">${SQUARES}</svg>`
const sizeOf = (png: Uint8Array) => [16, 20].map((at) => new DataView(png.buffer, png.byteOffset).getUint32(at))

test('a picture of forty thousand outlines is drawn while the event loop stays free', { timeout: 60_000 }, async () => {
	let [longest, last] = [0, performance.now()]
	const pulse = setInterval(() => {
		const now = performance.now()
		longest = Math.max(longest, now - last)
		last = now
	}, 1)
	const began = performance.now()
	const png = await drawPicture({ svg, width: 1600, fontFiles: [] })
	clearInterval(pulse)
	const took = performance.now() - began
	assert.deepEqual(sizeOf(png), [1600, 1600])
	assert.ok(longest < took / 2, `held ${longest.toFixed()} of ${took.toFixed()} ms`)
})

test('pictures are drawn one after the other, one that cannot be read holds up no other, and a queue that is full says so', { timeout: 60_000 }, async () => {
	const small = { svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"/>', width: 18, fontFiles: [] }
	const broken = assert.rejects(drawPicture({ ...small, svg: 'no picture' }))
	const asked = Array.from({ length: MOST_WAITING - 1 }, () => drawPicture(small))
	await assert.rejects(drawPicture(small), (cause) => cause instanceof Refusal && cause.code === 'pictures_busy')
	await broken
	for (const png of await Promise.all(asked)) assert.deepEqual(sizeOf(png), [18, 18])
	assert.deepEqual(sizeOf(await drawPicture(small)), [18, 18])
})
