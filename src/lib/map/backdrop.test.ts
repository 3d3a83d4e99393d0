import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backdropSource, withBackdrop } from './backdrop.ts'

const layers = [{ id: 'paper', type: 'background' }, { id: 'fill', type: 'fill', source: 'places' }, { id: 'line', type: 'line', source: 'places' }, { id: 'chosen', type: 'line', source: 'places' }] as const

test('roads lie over the colours and beneath the first outline, names above everything', () => {
	assert.deepEqual(withBackdrop([...layers], (name) => name).map(({ id }) => id), ['paper', 'fill', 'road-edges', 'roads', 'line', 'chosen', 'backdrop-labels'])
	assert.deepEqual(withBackdrop(layers.slice(0, 2), (name) => name).map(({ id }) => id), ['paper', 'fill', 'road-edges', 'roads', 'backdrop-labels'])
})

test('every colour comes from the design, and the source is on this server and says whose data it is', () => {
	const asked = new Set<string>()
	withBackdrop([...layers], (name) => (asked.add(name), '#000'))
	assert.deepEqual([...asked].sort(), ['--ink', '--line-strong', '--paper'])
	const backdrop = { tiles: '/tiles/roads/{z}/{x}/{y}.mvt', minZoom: 5, maxZoom: 12, bounds: [-85, 33, -84, 34] as [number, number, number, number], attribution: '© somebody' }
	assert.deepEqual(backdropSource(backdrop, 'https://atlas.example.org'), {
		type: 'vector', tiles: ['https://atlas.example.org/tiles/roads/{z}/{x}/{y}.mvt'], minzoom: 5, maxzoom: 12, bounds: backdrop.bounds, attribution: '© somebody',
	})
})
