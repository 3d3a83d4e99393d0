export interface ProgressLine {
	show(text: string): void
	clear(): void
}

const EVERY_MILLISECONDS = 80

/** One line on a terminal that is written over; nothing at all when stderr is not a terminal. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
	if (!stream.isTTY) return { show() {}, clear() {} }
	let last = -Infinity
	let shown = false
	return {
		show(text) {
			const now = performance.now()
			if (now - last < EVERY_MILLISECONDS) return
			last = now
			shown = true
			stream.write(`\r\x1b[2K${text.slice(0, Math.max(20, stream.columns - 1))}`)
		},
		clear() {
			if (shown) stream.write('\r\x1b[2K')
			shown = false
		},
	}
}
