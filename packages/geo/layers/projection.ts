import proj4 from 'proj4'
import { ReadRefusal, shownValue } from '../read-refusal.ts'

/** Turns a pair of projected coordinates into longitude and latitude (WGS 84 degrees). */
export type Unproject = (x: number, y: number) => [longitude: number, latitude: number]

/** Reference systems that US shapefiles come in, beside the UTM zones; definitions of the EPSG registry. */
const KNOWN: Record<number, string> = {
	2239: '+proj=tmerc +lat_0=30 +lon_0=-82.16666666666667 +k=0.9999 +x_0=200000.0001016002 +y_0=0 +datum=NAD83 +to_meter=0.3048006096012192',
	2240: '+proj=tmerc +lat_0=30 +lon_0=-84.16666666666667 +k=0.9999 +x_0=699999.9998983998 +y_0=0 +datum=NAD83 +to_meter=0.3048006096012192',
	3857: '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null',
	4269: '+proj=longlat +datum=NAD83',
	4326: '+proj=longlat +datum=WGS84',
	5070: '+proj=aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5 +x_0=0 +y_0=0 +datum=NAD83',
}

function definitionOf(epsg: number): string | undefined {
	const zone = epsg % 100
	if (zone >= 1 && zone <= 60) {
		const family = Math.floor(epsg / 100)
		if (family === 326) return `+proj=utm +zone=${zone} +datum=WGS84`
		if (family === 327) return `+proj=utm +zone=${zone} +south +datum=WGS84`
		if (family === 269 && zone <= 23) return `+proj=utm +zone=${zone} +datum=NAD83`
	}
	return KNOWN[epsg]
}

/** The way back to longitude and latitude from a .prj text (WKT) or an EPSG number. Throws `projection_unknown`. */
export function unprojector(projection: string | number, fileName: string): Unproject {
	const definition = typeof projection === 'number' ? definitionOf(projection) : projection.trim()
	const refusal = (cause?: unknown) => new ReadRefusal('projection_unknown', { file: fileName, projection: shownValue(projection) }, { cause })
	if (!definition) throw refusal()
	if (/^GEOG(CS|CRS)\[/i.test(definition) && /NAD_?(19)?83|North_American_1983|WGS_?(19)?84/i.test(definition)) return (x, y) => [x, y]
	try {
		const converter = proj4(definition, '+proj=longlat +datum=WGS84')
		return (x, y) => converter.forward([x, y]) as [number, number]
	} catch (cause) {
		throw refusal(cause)
	}
}
