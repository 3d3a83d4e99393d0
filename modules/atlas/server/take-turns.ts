import { setImmediate } from 'node:timers/promises'

/** For long work on the event loop: the returned function resolves at once until so many milliseconds are used up, then lets others in first. */
export function takeTurns(milliseconds = 10): () => Promise<void> {
	let began = performance.now()
	return async () => {
		if (performance.now() - began < milliseconds) return
		await setImmediate()
		began = performance.now()
	}
}
