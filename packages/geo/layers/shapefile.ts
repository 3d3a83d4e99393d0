import { openZip, type ZipArchive, type ZipLimits } from '../archives/zip.ts'
import { ReadRefusal, shownList } from '../read-refusal.ts'
import { openDbf } from './dbf.ts'
import { LayerBuilder, type LayerOptions } from './layer-builder.ts'
import type { PolygonLayer } from './polygon-layer.ts'
import { unprojector, type Unproject } from './projection.ts'
import { groupRings, readShapes, type Shape } from './shapes.ts'

export interface ShapefileOptions extends LayerOptions, Partial<ZipLimits> {
	/** EPSG number or WKT to use instead of the .prj. */
	projection?: number | string
	/** Which .shp to read when the archive has several: its name without folder and ending. */
	layer?: string
}

/**
 * Reads the polygons of a zipped shapefile (.shp, .dbf, .prj, optional .cpg) and turns them into longitude and latitude.
 * Throws the refusals of `openZip`, `openDbf` and `LayerBuilder`, `shapefile_part_missing`, `shapefile_several`,
 * `shapefile_without_projection`, `projection_unknown`, `shp_truncated`, `shp_damaged`, `shapefile_counts_differ`, `geometry_not_polygon`.
 */
export function readShapefile(bytes: Uint8Array, options: ShapefileOptions): PolygonLayer {
	const archive = openZip(bytes, options)
	const stem = findStem(archive, options)
	const part = (ending: string) => readPart(archive, stem, ending)
	const required = (ending: string): Uint8Array => {
		const found = part(ending)
		if (!found) throw new ReadRefusal('shapefile_part_missing', { file: options.fileName, ending: `.${ending}` })
		return found
	}
	const prj = part('prj')
	const projection = options.projection ?? (prj && new TextDecoder().decode(prj))
	if (projection === undefined) throw new ReadRefusal('shapefile_without_projection', { file: options.fileName })
	const unproject = unprojector(projection, options.fileName)
	const codePage = part('cpg')
	const table = openDbf(required('dbf'), { fileName: `${options.fileName}/${stem}.dbf`, codePage: codePage && new TextDecoder().decode(codePage) })
	const builder = new LayerBuilder(options)
	for (const shape of readShapes(required('shp'), `${options.fileName}/${stem}.shp`)) {
		if (builder.featureCount >= table.recordCount) break
		addShape(builder, shape, unproject)
		builder.endFeature(table.record(builder.featureCount))
	}
	if (builder.featureCount !== table.recordCount) {
		const counts = { shapes: builder.featureCount, rows: table.recordCount }
		throw new ReadRefusal('shapefile_counts_differ', { file: options.fileName, ...counts })
	}
	return builder.build()
}

function baseName(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1)
}

function isResourceFork(name: string): boolean {
	return name.startsWith('__MACOSX/') || baseName(name).startsWith('._')
}

function findStem(archive: ZipArchive, options: ShapefileOptions): string {
	const stems = archive.names.filter((name) => /\.shp$/i.test(name) && !isResourceFork(name)).map((name) => baseName(name).slice(0, -4))
	const wanted = options.layer === undefined ? stems : stems.filter((stem) => stem === options.layer)
	if (wanted.length === 1) return wanted[0]!
	if (wanted.length === 0) throw new ReadRefusal('shapefile_part_missing', { file: options.fileName, ending: '.shp' })
	throw new ReadRefusal('shapefile_several', { file: options.fileName, available: shownList(wanted) })
}

function readPart(archive: ZipArchive, stem: string, ending: string): Uint8Array | undefined {
	const wanted = `${stem}.${ending}`.toLowerCase()
	const name = archive.names.find((candidate) => !isResourceFork(candidate) && baseName(candidate).toLowerCase() === wanted)
	return name === undefined ? undefined : archive.read(name)
}

function addShape(builder: LayerBuilder, shape: Shape, unproject: Unproject): void {
	for (const rings of groupRings(shape)) {
		for (const ring of rings) {
			for (let v = shape.parts[ring]!; v < shape.parts[ring + 1]!; v++) {
				const [longitude, latitude] = unproject(shape.points[2 * v]!, shape.points[2 * v + 1]!)
				builder.addVertex(longitude, latitude)
			}
			builder.endRing()
		}
		builder.endPolygon()
	}
}
