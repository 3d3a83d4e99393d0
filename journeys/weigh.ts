import type { Browser, Page } from 'playwright-core'

/** What a first visit to a page costs. Sizes are bytes on the wire, headers included; times are milliseconds. */
export interface Weight {
	total: number
	fonts: string[]
	/** Every file with its size, the largest first. */
	files: [address: string, bytes: number][]
	/** Largest contentful paint. */
	largestPaint: number
}

/** A phone of the middle class on a slow mobile network: 1.6 Mbit/s down, 150 ms to the server, a processor four times slower. */
const PHONE = { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
const NETWORK = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 }

/** Opens a page with an empty cache, as somebody who has never been here, and does there what `use` says. */
export async function weighPage(browser: Browser, url: string, path: string, use?: (page: Page) => Promise<void>): Promise<Weight> {
	const context = await browser.newContext({ baseURL: url, ...PHONE })
	const page = await context.newPage()
	const client = await context.newCDPSession(page)
	await client.send('Network.enable')
	await client.send('Network.emulateNetworkConditions', NETWORK)
	await client.send('Emulation.setCPUThrottlingRate', { rate: 4 })
	const addresses = new Map<string, string>()
	const files: Weight['files'] = []
	client.on('Network.requestWillBeSent', ({ requestId, request }) => addresses.set(requestId, request.url.replace(url, '')))
	client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		const address = addresses.get(requestId)!
		if (!/^(data|blob):/.test(address)) files.push([address, encodedDataLength])
	})
	await page.goto(path, { waitUntil: 'networkidle' })
	const largestPaint = await page.evaluate<number>(LARGEST_PAINT)
	if (use) {
		await client.send('Emulation.setCPUThrottlingRate', { rate: 1 })
		await use(page)
		await page.waitForLoadState('networkidle')
	}
	await context.close()
	return {
		total: files.reduce((sum, [, bytes]) => sum + bytes, 0),
		fonts: files.map(([address]) => address).filter((address) => address.endsWith('.woff2')),
		files: files.sort(([, a], [, b]) => b - a),
		largestPaint,
	}
}

const LARGEST_PAINT = `new Promise((resolve) => {
	let last = 0
	new PerformanceObserver((list) => { for (const entry of list.getEntries()) last = entry.startTime }).observe({ type: 'largest-contentful-paint', buffered: true })
	setTimeout(() => resolve(last), 300)
})`
