import { createRequire } from 'node:module'
import type * as Threads from 'node:worker_threads'
import { Worker } from 'node:worker_threads'
import { Refusal } from '#database'

/** What a picture is made of: an SVG, the width in pixels, and the files of the faces that its words are set in. */
export interface PictureWork {
	svg: string
	width: number
	fontFiles: string[]
}

/** Pictures that may wait for their turn. */
export const MOST_WAITING = 8
const SECONDS = 30

/** Runs in a thread from its text alone, so everything that it needs comes in by its parameters. */
function drawInThread({ parentPort, workerData }: typeof Threads, require: NodeJS.Require): void {
	const { library, svg, width, fontFiles } = workerData as PictureWork & { library: string }
	const { Resvg } = require(library) as typeof import('@resvg/resvg-js')
	const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Inter' }
	parentPort!.postMessage(new Uint8Array(new Resvg(svg, { font, fitTo: { mode: 'width', value: width } }).render().asPng()))
}

const THREAD = `(${drawInThread})(require('node:worker_threads'), require)`
const library = createRequire(import.meta.url).resolve('@resvg/resvg-js')
let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/** The picture as PNG, drawn in a thread of its own, one at a time, so that no page waits for it. Errors: `pictures_busy`. */
export async function drawPicture(work: PictureWork): Promise<Uint8Array<ArrayBuffer>> {
	if (waiting >= MOST_WAITING) throw new Refusal('pictures_busy')
	waiting++
	const own = last.then(() => drawNow(work)).finally(() => waiting--)
	last = own.catch(() => undefined)
	return own
}

function drawNow(work: PictureWork): Promise<Uint8Array<ArrayBuffer>> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(THREAD, { eval: true, name: 'picture', workerData: { ...work, library } })
		const cut = setTimeout(() => void worker.terminate(), SECONDS * 1000)
		worker.once('message', resolve)
		worker.once('error', reject)
		worker.once('exit', (code) => {
			clearTimeout(cut)
			// Without effect once the picture is there.
			reject(new Error(`the thread of a picture ended with ${code}`))
		})
	})
}
