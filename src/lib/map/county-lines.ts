/** The borders of a picture's counties: `M` and corners of each line in the picture's units, `width` units wide with `padding` on all sides. */
export interface CountyOutlines {
	path: string
	width: number
	padding: number
}

const RADIANS = Math.PI / 180
/** Web Mercator from the equator in turns of the world, northward. */
const northing = (latitude: number) => Math.log(Math.tan(Math.PI / 4 + (latitude * RADIANS) / 2)) / (2 * Math.PI)
const latitudeAt = (north: number) => (2 * Math.atan(Math.exp(2 * Math.PI * north)) - Math.PI / 2) / RADIANS

/**
 * The borders as lines of longitude and latitude, from a picture in Web Mercator that fills `bounds` (west, south, east, north in degrees)
 * but for its padding. As exact as the picture: half of one of its pixels.
 */
export function countyLines({ path, width, padding }: CountyOutlines, [west, , east, north]: readonly number[]): [number, number][][] {
	const turnsPerUnit = (east! - west!) / 360 / (width - 2 * padding)
	const top = northing(north!)
	const position = (x: number, y: number): [number, number] => [west! + 360 * (x - padding) * turnsPerUnit, latitudeAt(top - (y - padding) * turnsPerUnit)]
	return path.split('M').filter(Boolean).map((line) => {
		const numbers = line.match(/-?\d+/g)?.map(Number) ?? []
		return Array.from({ length: numbers.length >> 1 }, (_, i) => position(numbers[2 * i]!, numbers[2 * i + 1]!))
	})
}
