import { setImmediate } from 'node:timers/promises'

/**
 * The longest stretch of work in which others on the event loop waited, in milliseconds of this thread's own processor time: how busy
 * the machine is besides does not count.
 */
export async function longestHold<T>(work: () => Promise<T>): Promise<{ result: T; milliseconds: number }> {
	let milliseconds = 0
	let over = false
	const processorTime = () => {
		const { user, system } = process.threadCpuUsage()
		return (user + system) / 1000
	}
	const watch = async () => {
		for (let last = processorTime(); !over; ) {
			await setImmediate()
			const now = processorTime()
			milliseconds = Math.max(milliseconds, now - last)
			last = now
		}
	}
	const watching = watch()
	try {
		return { result: await work(), milliseconds }
	} finally {
		over = true
		await watching
	}
}
