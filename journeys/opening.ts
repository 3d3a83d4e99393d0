import { after, before } from 'node:test'
import type { Browser } from 'playwright-core'
import { openSample, type Application } from './application.ts'
import { launchBrowser } from './browser.ts'

/** The sample region and a browser, open while the tests of one file run. */
export function openForTests(): { readonly application: Application; readonly url: string; readonly browser: Browser } {
	let application: Application
	let browser: Browser
	before(async () => {
		;[application, browser] = await Promise.all([openSample(), launchBrowser()])
	})
	after(async () => {
		await browser?.close()
		await application?.stop()
	})
	return {
		get application() { return application },
		get url() { return application.url },
		get browser() { return browser },
	}
}
