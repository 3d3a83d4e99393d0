import { ReadRefusal } from '../read-refusal.ts'
import { LAYER_LIMITS, type LayerLimits, type LayerRepairs, type PolygonLayer, type PropertyValue } from './polygon-layer.ts'

export interface LayerOptions extends Partial<LayerLimits> {
	fileName: string
}

/** Twice the signed area of the vertices from `first` to `end` (closed or not), positive when counter-clockwise. */
export function signedArea(coordinates: ArrayLike<number>, first: number, end: number): number {
	let sum = 0
	const x0 = coordinates[2 * first]!
	const y0 = coordinates[2 * first + 1]!
	for (let i = first + 1; i < end - 1; i++) {
		const ax = coordinates[2 * i]! - x0
		const ay = coordinates[2 * i + 1]! - y0
		sum += ax * (coordinates[2 * i + 3]! - y0) - ay * (coordinates[2 * i + 2]! - x0)
	}
	return sum
}

/**
 * Gathers rings into a PolygonLayer: closes them, turns outer rings counter-clockwise and holes clockwise, leaves out rings
 * without area, and keeps the limits. Throws `looks_projected`, `too_many_features`, `too_many_vertices`, `feature_too_large`.
 */
export class LayerBuilder {
	private readonly file: string
	private readonly limits: LayerLimits
	private coordinates = new Float64Array(65_536)
	private vertexCount = 0
	private readonly ringOffsets = [0]
	private readonly polygonOffsets = [0]
	private readonly featureOffsets = [0]
	private ringStart = 0
	private featureStart = 0
	private readonly repairs: LayerRepairs = { closed: 0, turned: 0, dropped: 0 }
	private readonly properties = new Map<string, PropertyValue[]>()

	constructor(options: LayerOptions) {
		this.file = options.fileName
		const stated = Object.entries(options).filter(([name, limit]) => name in LAYER_LIMITS && limit !== undefined)
		this.limits = { ...LAYER_LIMITS, ...Object.fromEntries(stated) }
	}

	get featureCount(): number {
		return this.featureOffsets.length - 1
	}

	addVertex(longitude: number, latitude: number): void {
		if (!(Math.abs(longitude) <= 180.0001 && Math.abs(latitude) <= 90.0001)) this.refusePlace(longitude, latitude)
		if (2 * this.vertexCount + 2 > this.coordinates.length) {
			const larger = new Float64Array(this.coordinates.length * 2)
			larger.set(this.coordinates)
			this.coordinates = larger
		}
		this.coordinates[2 * this.vertexCount] = longitude
		this.coordinates[2 * this.vertexCount + 1] = latitude
		this.vertexCount++
		if (this.vertexCount - this.featureStart > this.limits.maxFeatureVertices) {
			throw new ReadRefusal('feature_too_large', { file: this.file, feature: this.featureCount + 1, limit: this.limits.maxFeatureVertices })
		}
		if (this.vertexCount > this.limits.maxVertices) {
			throw new ReadRefusal('too_many_vertices', { file: this.file, limit: this.limits.maxVertices })
		}
	}

	/** Ends the ring of the vertices added since the last one; the first ring of a polygon is its outer ring. */
	endRing(): void {
		const start = this.ringStart
		const area = this.closeRing(start)
		const outer = this.ringOffsets.length - 1 === this.polygonOffsets[this.polygonOffsets.length - 1]
		if (this.vertexCount - start < 4 || area === 0) {
			this.vertexCount = start
			this.repairs.dropped++
			return
		}
		if (area > 0 !== outer) this.turnRing(start)
		this.ringOffsets.push(this.vertexCount)
		this.ringStart = this.vertexCount
	}

	/** Ends the polygon of the rings added since the last one; a polygon whose rings all went is none. */
	endPolygon(): void {
		const rings = this.ringOffsets.length - 1
		if (rings > this.polygonOffsets[this.polygonOffsets.length - 1]!) this.polygonOffsets.push(rings)
	}

	/** Ends the feature of the polygons added since the last one. */
	endFeature(properties: Iterable<[string, PropertyValue]>): void {
		const index = this.featureCount
		if (index >= this.limits.maxFeatures) throw new ReadRefusal('too_many_features', { file: this.file, limit: this.limits.maxFeatures })
		this.featureOffsets.push(this.polygonOffsets.length - 1)
		this.featureStart = this.vertexCount
		for (const [name, value] of properties) {
			let column = this.properties.get(name)
			if (!column) this.properties.set(name, (column = new Array<PropertyValue>(index).fill(null)))
			column[index] = value
		}
		for (const column of this.properties.values()) if (column.length <= index) column.push(null)
	}

	build(): PolygonLayer {
		return {
			featureCount: this.featureCount,
			coordinates: this.coordinates.slice(0, 2 * this.vertexCount),
			ringOffsets: Uint32Array.from(this.ringOffsets),
			polygonOffsets: Uint32Array.from(this.polygonOffsets),
			featureOffsets: Uint32Array.from(this.featureOffsets),
			properties: this.properties,
			repairs: this.repairs,
		}
	}

	private closeRing(start: number): number {
		const c = this.coordinates
		const last = this.vertexCount - 1
		if (last > start && (c[2 * start] !== c[2 * last] || c[2 * start + 1] !== c[2 * last + 1])) {
			this.addVertex(c[2 * start]!, c[2 * start + 1]!)
			this.repairs.closed++
		}
		return signedArea(this.coordinates, start, this.vertexCount)
	}

	private turnRing(start: number): void {
		const c = this.coordinates
		for (let a = start, b = this.vertexCount - 1; a < b; a++, b--) {
			for (const axis of [0, 1]) [c[2 * a + axis], c[2 * b + axis]] = [c[2 * b + axis]!, c[2 * a + axis]!]
		}
		this.repairs.turned++
	}

	private refusePlace(longitude: number, latitude: number): never {
		const feature = this.featureCount + 1
		if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) {
			throw new ReadRefusal('coordinate_not_a_number', { file: this.file, feature })
		}
		throw new ReadRefusal('looks_projected', { file: this.file, feature, x: longitude, y: latitude })
	}
}
