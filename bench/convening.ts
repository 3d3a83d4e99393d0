import { join } from 'node:path'
import { makeFolder, startApplication } from '../journeys/application.ts'
import type { Benchmark } from './measure.ts'

const GUESTS = 300
const READERS = 2000
/** A full evening's door within ten minutes; here ten times as fast. */
const SECONDS = 60

type Send = (path: string, fields?: Record<string, string>) => Promise<Response>

/** Somebody who sends forms as a browser without script does, with cookies and an address of their own. */
function visitor(url: string, address = '192.0.2.1'): Send {
	let cookie = ''
	return async (path, fields) => {
		const response = await fetch(url + path, { method: fields ? 'POST' : 'GET', redirect: 'manual', headers: { accept: 'text/html', origin: url, cookie, 'x-forwarded-for': address }, body: fields && new URLSearchParams(fields) })
		const set = response.headers.getSetCookie().map((one) => one.split(';')[0]!)
		if (set.length > 0) cookie = set.join('; ')
		return response
	}
}

const leads = (response: Response): string => {
	const onward = response.headers.get('location')
	if (response.status !== 303 || !onward) throw new Error(`${response.url} answered ${response.status}`)
	return onward
}

/** A convening of the sample's hub that is on now, with 300 guests; how its door is opened, and their codes. */
async function prepare(url: string): Promise<{ path: string; door: Send; codes: string[] }> {
	const door = visitor(url)
	leads(await door('/sign-in?/demonstration', { as: 'member' }))
	const [begins, ends] = [-30, 150].map((minutes) => new Date(Date.now() + minutes * 60_000).toISOString())
	const form = { kind: 'forum', mode: 'in_person', title: 'A full house', date: begins!.slice(0, 10), begins: begins!.slice(11, 16), ends: ends!.slice(11, 16), zone: 'Etc/UTC', otherZone: 'Etc/UTC', place: 'The hall', levelPromised: 'involve' }
	const path = leads(await door('/coalition/brightwater-hub/convenings/new', form))
	const codes: string[] = []
	for (let n = 0; n < GUESTS; n++) codes.push(leads(await visitor(url, `198.51.${n >> 8}.${n & 255}`)(`${path}?/come`, { name: `Guest ${n}`, partySize: '1' })).split('/').at(-1)!)
	return { path, door, codes }
}

/** Sends `count` of something evenly over the time, whether or not earlier ones were answered; how long each took in milliseconds. */
async function arrive(count: number, send: (n: number) => Promise<void>): Promise<number[]> {
	const begun = performance.now()
	return Promise.all(Array.from({ length: count }, async (_, n) => {
		const due = (n * SECONDS * 1000) / count
		await new Promise((resolve) => setTimeout(resolve, due))
		await send(n)
		return performance.now() - begun - due
	}))
}

const said = (times: number[]): string => {
	const sorted = times.toSorted((a, b) => a - b)
	return [50, 95, 99].map((percent) => `p${percent} ${sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))]!.toFixed(0)}`).join(', ') + ' ms'
}
const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!

/** One guest at the door: the link of their picture is opened, and the button pressed. */
async function checkIn(door: Send, path: string, code: string): Promise<void> {
	const page = await (await door(`${path}/desk?guest=${code}`)).text()
	const rsvp = /name="rsvp" value="([^"]+)"/.exec(page)?.[1]
	if (!rsvp) throw new Error(`no guest for ${code}`)
	leads(await door(`${path}/desk?/checkIn`, { rsvp, method: 'qr' }))
}

async function run(): Promise<{ oursMs: number; peerMs: undefined; note: string }> {
	const folder = makeFolder()
	// Every guest has an address of their own, as behind a proxy.
	process.env.ADDRESS_HEADER = 'x-forwarded-for'
	const application = await startApplication({ directory: join(folder.path, 'data') })
	delete process.env.ADDRESS_HEADER
	try {
		const { path, door, codes } = await prepare(application.url)
		const readers = visitor(application.url)
		const read = async () => {
			const answer = await readers(path)
			if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
			await answer.arrayBuffer()
		}
		for (let n = 0; n < 100; n++) await read()
		const [checked, reading] = await Promise.all([arrive(GUESTS, (n) => checkIn(door, path, codes[n]!)), arrive(READERS, read)])
		const there = (await (await door(`${path}/desk`)).text()).match(/action="\?\/undo"/g)?.length ?? 0
		if (there !== GUESTS) throw new Error(`${there} of ${GUESTS} are checked in`)
		return { oursMs: median(reading), peerMs: undefined, note: `reading ${said(reading)}; checking in (opening the guest's link and pressing the button) ${said(checked)}; all ${GUESTS} are on the list; within ${SECONDS} s, ten times as fast as ten minutes, from the same machine` }
	} finally {
		await application.stop()
		folder.remove()
	}
}

export const benchmarks: Benchmark[] = [{ name: `${GUESTS} people check in and ${READERS} read the convening's page`, peer: 'none: no peer does both', run }]
