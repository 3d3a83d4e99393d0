import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Camera } from './choropleth.ts'
import { linkMaps } from './link-maps.ts'

test('a move of one map is followed by all others and not by itself', () => {
	const followed: string[] = []
	const movers: ((camera: Camera) => void)[] = []
	const maps = ['first', 'second', 'third'].map((name) => ({
		onMove: (listener: (camera: Camera) => void) => void movers.push(listener),
		follow: ({ zoom }: Camera) => void followed.push(`${name} ${zoom}`),
	}))
	linkMaps(maps)
	movers[1]!({ center: [-84, 33], zoom: 9 })
	assert.deepEqual(followed, ['first 9', 'third 9'])
})
