import { setImmediate } from 'node:timers/promises'

let last: Promise<unknown> = Promise.resolve()

/**
 * Resolves in a turn of the event loop that nobody else who waits here gets. Requests that waited for the same thing go on together when
 * it is there; so they do the rest of their work one by one, and others are answered between.
 */
export function ownTurn(): Promise<unknown> {
	last = last.then(() => setImmediate())
	return last
}
