import assert from 'node:assert/strict'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

export interface Visit {
	page: Page
	context: BrowserContext
	/** Opens a path of the application. */
	open(path: string): Promise<void>
	/** Closes the window and checks that nothing went wrong and nobody else was asked for anything. */
	leave(): Promise<void>
}

interface Options extends BrowserContextOptions {
	/** Console errors that belong to the journey, e.g. the status of a page that does not exist. */
	expected?: RegExp
}

/** A visitor with a window of their own, without cookies or cache of anybody else. */
export async function beginVisit(browser: Browser, url: string, { expected, ...options }: Options = {}): Promise<Visit> {
	const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 }, ...options })
	const page = await context.newPage()
	page.setDefaultTimeout(20_000)
	const faults: string[] = []
	page.on('pageerror', (error) => faults.push(error.message))
	page.on('console', (message) => {
		if (message.type() === 'error' && !expected?.test(message.text())) faults.push(`${message.text()} (${message.location().url})`)
	})
	// Requests of other windows and of workers count as well.
	context.on('request', (request) => {
		const { origin, protocol } = new URL(request.url())
		if (protocol.startsWith('http') && origin !== url) faults.push(`asked another host: ${request.url()}`)
	})
	return {
		page,
		context,
		open: async (path) => void (await page.goto(path)),
		leave: async () => {
			await context.close()
			assert.deepEqual(faults, [])
		},
	}
}
