// Opens one kind of page without a network: the list at the door of a convening. It answers for no other page, and asks the network first.
import { version } from '$app/env'
import { self as worker } from '$app/service-worker'

const CACHE = `door-${version}`
const PAGE = /^(\/es)?\/convenings\/[^/]+\/desk\/phone$/
const PATIENCE = 4000

worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))

worker.addEventListener('message', (event) => {
	const { keep } = event.data as { keep?: [string, ...string[]] }
	if (keep) event.waitUntil(keepFiles(keep).then((kept) => event.ports[0]?.postMessage(kept)))
})

/** Keeps a page with its files. What an earlier version kept goes only when this version has everything that it needs. */
async function keepFiles([page, ...files]: [string, ...string[]]): Promise<boolean> {
	try {
		const cache = await caches.open(CACHE)
		const answer = await fetch(page, { cache: 'no-store' })
		if (!answer.ok || answer.redirected) return false
		await cache.addAll(files)
		await cache.put(page, answer)
		for (const name of await caches.keys()) if (name.startsWith('door-') && name !== CACHE) await caches.delete(name)
		return true
	} catch {
		return false
	}
}

worker.addEventListener('fetch', (event) => {
	const { pathname, origin } = new URL(event.request.url)
	if (event.request.method !== 'GET' || origin !== location.origin) return
	if (event.request.mode === 'navigate') {
		if (PAGE.test(pathname)) event.respondWith(openPage(event.request, pathname))
	} else if (pathname.startsWith('/_app/immutable/')) event.respondWith(caches.match(event.request.url).then((kept) => kept ?? fetch(event.request)))
})

/** The page from the network; the kept one where the network fails, breaks or takes too long. */
async function openPage(request: Request, pathname: string): Promise<Response> {
	const kept = await caches.match(pathname)
	const fresh = fetch(request)
	if (!kept) return fresh
	const late = new Promise<undefined>((resolve) => void setTimeout(() => resolve(undefined), PATIENCE))
	const answer = await Promise.race([fresh.catch(() => undefined), late])
	return answer && answer.status < 500 ? answer : kept
}
