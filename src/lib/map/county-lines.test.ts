import assert from 'node:assert/strict'
import { test } from 'node:test'
import { projectForPicture } from '@throughline/geo'
import { countyLines } from './county-lines.ts'

test('the borders of a picture lie where their corners lie on the ground', () => {
	const square = [-85, 33, -84, 33, -84, 34, -85, 34, -85, 33]
	const layer = { coordinates: Float64Array.from(square), ringOffsets: Uint32Array.of(0, 5), polygonOffsets: Uint32Array.of(0, 1), featureOffsets: Uint32Array.of(0, 1), featureCount: 1, properties: new Map() }
	const picture = projectForPicture(layer as never, { widthPixels: 760 })
	const corners = [[-85, 34], [-84, 34], [-84, 33], [-84.5, 33.5]] as const
	const path = `M${corners.map(([longitude, latitude]) => picture.positionOf(longitude, latitude).map(Math.round).join(',')).join(' ')}`
	const [line] = countyLines({ path, width: picture.width, padding: 8 }, [-85, 33, -84, 34])
	corners.forEach(([longitude, latitude], i) => {
		assert.ok(Math.abs(line![i]![0] - longitude) < 0.001 && Math.abs(line![i]![1] - latitude) < 0.001, line![i]!.join())
	})
	assert.equal(countyLines({ path: `${path}M0,0 1,1`, width: 10, padding: 0 }, [0, 0, 1, 1]).length, 2)
})
