import { ringContains } from './shapes.ts'
import { featureBounds, layerBounds } from './measures.ts'
import { ringRange, type PolygonLayer } from './polygon-layer.ts'

/**
 * Answers which feature a point lies in, by a grid over the layer and the even-odd rule. A point on a shared border belongs to at
 * most one of its neighbours, but which one is not promised.
 */
export class PlaceFinder {
	private readonly layer: PolygonLayer
	private readonly bounds: Float64Array
	private readonly west: number
	private readonly south: number
	private readonly columns: number
	private readonly rows: number
	private readonly cellWidth: number
	private readonly cellHeight: number
	private readonly cells: number[][]

	constructor(layer: PolygonLayer) {
		this.layer = layer
		this.bounds = featureBounds(layer)
		const [west, south, east, north] = layerBounds(layer)
		const side = Math.max(1, Math.min(1024, Math.ceil(Math.sqrt(layer.featureCount))))
		this.west = west
		this.south = south
		this.columns = side
		this.rows = side
		this.cellWidth = (east - west) / side || 1
		this.cellHeight = (north - south) / side || 1
		this.cells = Array.from({ length: side * side }, () => [])
		for (let feature = 0; feature < layer.featureCount; feature++) this.index(feature)
	}

	/** The ordinal of the first feature that holds the point, or undefined. */
	findPlace(longitude: number, latitude: number): number | undefined {
		const column = Math.floor((longitude - this.west) / this.cellWidth)
		const row = Math.floor((latitude - this.south) / this.cellHeight)
		if (!(column >= 0 && row >= 0 && column <= this.columns && row <= this.rows)) return undefined
		const cell = this.cells[Math.min(row, this.rows - 1) * this.columns + Math.min(column, this.columns - 1)]!
		return cell.find((feature) => this.holds(feature, longitude, latitude))
	}

	/** The features whose bounds meet a box, in order. */
	listWithin(west: number, south: number, east: number, north: number): number[] {
		const found: number[] = []
		for (let f = 0; f < this.layer.featureCount; f++) {
			const b = this.bounds.subarray(4 * f, 4 * f + 4)
			if (b[0]! <= east && b[2]! >= west && b[1]! <= north && b[3]! >= south) found.push(f)
		}
		return found
	}

	private index(feature: number): void {
		const [west, south, east, north] = this.bounds.subarray(4 * feature, 4 * feature + 4)
		if (Number.isNaN(west!)) return
		const lastColumn = Math.min(this.columns - 1, Math.floor((east! - this.west) / this.cellWidth))
		const lastRow = Math.min(this.rows - 1, Math.floor((north! - this.south) / this.cellHeight))
		for (let row = Math.floor((south! - this.south) / this.cellHeight); row <= lastRow; row++) {
			for (let column = Math.floor((west! - this.west) / this.cellWidth); column <= lastColumn; column++) {
				this.cells[row * this.columns + column]!.push(feature)
			}
		}
	}

	private holds(feature: number, x: number, y: number): boolean {
		const b = this.bounds
		if (x < b[4 * feature]! || y < b[4 * feature + 1]! || x > b[4 * feature + 2]! || y > b[4 * feature + 3]!) return false
		const [first, end] = ringRange(this.layer, feature)
		let inside = false
		for (let ring = first; ring < end; ring++) {
			if (ringContains(this.layer.coordinates, this.layer.ringOffsets[ring]!, this.layer.ringOffsets[ring + 1]!, x, y)) inside = !inside
		}
		return inside
	}
}
