import earcut from 'earcut'

/** The outlines of a geography's drawing and the ordinals they belong to, as `/indices/outlines.json` answers. */
export interface Outlines {
	width: number
	height: number
	ordinals: number[]
	/** One path per place: `M` to the first corner, then relative `m`, `l` and `z`. */
	paths: string[]
}

export interface PaletteMap {
	/** Colours by position in `ordinals`, four bytes each (red, green, blue, opacity). Uploads `colours.length` bytes and nothing else. */
	paint(colours: Uint8Array): void
	/** The place under a point of the canvas in CSS pixels, as its position in `ordinals`. */
	placeAt(x: number, y: number): number | undefined
	/** Bytes that one change of all colours sends to the graphics processor. */
	readonly bytesPerPaint: number
	remove(): void
}

const VERTEX = `#version 300 es
in vec2 corner; in float place; uniform vec2 size; flat out float which;
void main() { which = place; gl_Position = vec4(corner / size * 2.0 - 1.0, 0, 1) * vec4(1, -1, 1, 1); }`
const FRAGMENT = `#version 300 es
precision highp float; flat in float which; uniform sampler2D palette; uniform float across; uniform bool naming; out vec4 colour;
void main() {
	if (naming) { float id = which + 1.0; colour = vec4(mod(id, 256.0), mod(floor(id / 256.0), 256.0), floor(id / 65536.0), 255.0) / 255.0; return; }
	colour = texelFetch(palette, ivec2(int(mod(which, across)), int(which / across)), 0);
}`

/** Colours in a row of the palette: within what every WebGL 2 device takes. */
const ACROSS = 1024

/** Rings of each path, in pixels of the drawing. */
function ringsOf(path: string): number[][] {
	const rings: number[][] = []
	let [x, y] = [0, 0]
	for (const part of path.split(/z/i)) {
		const numbers = part.match(/-?\d+(?:\.\d+)?/g)?.map(Number) ?? []
		const ring: number[] = []
		for (let i = 0; i + 1 < numbers.length; i += 2) {
			if (i === 0 && /^\s*M/.test(part)) [x, y] = [numbers[0]!, numbers[1]!]
			else [x, y] = [x + numbers[i]!, y + numbers[i + 1]!]
			ring.push(x, y)
		}
		if (ring.length < 6) continue
		rings.push(ring)
		;[x, y] = [ring[0]!, ring[1]!]
	}
	return rings
}

const areaOf = (ring: number[]) => ring.reduce((sum, _, i) => (i % 2 ? sum : sum + ring[i]! * ring[(i + 3) % ring.length]! - ring[(i + 2) % ring.length]! * ring[i + 1]!), 0)

/** Triangles of every place: x, y and the place's position for each corner. Rings turned the other way than the first are holes in the one before. */
export function triangulate(paths: readonly string[]): Float32Array<ArrayBuffer> {
	const corners: number[] = []
	paths.forEach((path, place) => {
		const rings = ringsOf(path)
		const outward = Math.sign(areaOf(rings[0] ?? []))
		for (let from = 0; from < rings.length; ) {
			let to = from + 1
			while (to < rings.length && Math.sign(areaOf(rings[to]!)) !== outward) to++
			const flat = rings.slice(from, to).flat()
			const holes = rings.slice(from, to - 1).reduce<number[]>((list, ring) => [...list, (list.at(-1) ?? 0) + ring.length / 2], [])
			for (const index of earcut(flat, holes)) corners.push(flat[2 * index]!, flat[2 * index + 1]!, place)
			from = to
		}
	})
	return Float32Array.from(corners)
}

function compile(gl: WebGL2RenderingContext): WebGLProgram {
	const program = gl.createProgram()
	for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
		const shader = gl.createShader(type)!
		gl.shaderSource(shader, source)
		gl.compileShader(shader)
		gl.attachShader(program, shader)
	}
	gl.linkProgram(program)
	if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? 'the shaders do not link')
	return program
}

/**
 * Draws a region's places once and afterwards changes nothing but a palette of one colour per place: a change of every colour costs a
 * texture of four bytes a place and one draw. Errors: when WebGL 2 cannot start.
 */
export function openPaletteMap(canvas: HTMLCanvasElement, outlines: Outlines): PaletteMap {
	const gl = canvas.getContext('webgl2', { antialias: true, preserveDrawingBuffer: true })
	if (!gl) throw new Error('WebGL 2 cannot start')
	const corners = triangulate(outlines.paths)
	const program = compile(gl)
	gl.useProgram(program)
	gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer())
	gl.bufferData(gl.ARRAY_BUFFER, corners, gl.STATIC_DRAW)
	for (const [name, size, offset] of [['corner', 2, 0], ['place', 1, 8]] as const) {
		const at = gl.getAttribLocation(program, name)
		gl.enableVertexAttribArray(at)
		gl.vertexAttribPointer(at, size, gl.FLOAT, false, 12, offset)
	}
	const uniform = (name: string) => gl.getUniformLocation(program, name)
	gl.uniform2f(uniform('size'), outlines.width, outlines.height)
	gl.uniform1f(uniform('across'), ACROSS)
	const rows = Math.max(1, Math.ceil(outlines.ordinals.length / ACROSS))
	const palette = new Uint8Array(4 * ACROSS * rows)
	gl.bindTexture(gl.TEXTURE_2D, gl.createTexture())
	for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST)
	gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, ACROSS, rows, 0, gl.RGBA, gl.UNSIGNED_BYTE, palette)
	gl.enable(gl.BLEND)
	gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA)
	const draw = (naming: boolean) => {
		gl.viewport(0, 0, canvas.width, canvas.height)
		gl.clearColor(0, 0, 0, 0)
		gl.clear(gl.COLOR_BUFFER_BIT)
		gl.uniform1i(uniform('naming'), naming ? 1 : 0)
		gl.drawArrays(gl.TRIANGLES, 0, corners.length / 3)
	}
	return {
		bytesPerPaint: palette.length,
		paint(colours) {
			palette.set(colours)
			gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, ACROSS, rows, gl.RGBA, gl.UNSIGNED_BYTE, palette)
			draw(false)
		},
		placeAt(x, y) {
			const box = canvas.getBoundingClientRect()
			const pixel = new Uint8Array(4)
			gl.disable(gl.BLEND)
			draw(true)
			gl.readPixels(Math.floor((x / box.width) * canvas.width), canvas.height - 1 - Math.floor((y / box.height) * canvas.height), 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel)
			gl.enable(gl.BLEND)
			draw(false)
			const id = pixel[0]! + 256 * pixel[1]! + 65536 * pixel[2]!
			return pixel[3] === 255 && id > 0 && id <= outlines.ordinals.length ? id - 1 : undefined
		},
		remove: () => gl.getExtension('WEBGL_lose_context')?.loseContext(),
	}
}
