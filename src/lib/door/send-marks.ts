import { localizeHref } from '#lib/paraglide/runtime.js'
import { afterTaking, type DoorList } from './door-lines.ts'
import { deleteMark, findList, listMarks, putList, putMark } from './door-store.ts'

/** How sending went: everything that could be was answered, nobody is signed in, the door is not theirs, or nobody could be reached. */
export type Sending = 'done' | 'signed_out' | 'not_permitted' | 'unreachable'

interface Answer {
	key: string
	outcome: string
	before?: string
	sentence?: string
}

const AT_ONCE = 50

const addressOf = (convening: string) => localizeHref(`/convenings/${convening}/desk/phone/marks`)

/** One at a time over all windows of this browser; the server takes each note once, whoever sends it. */
export async function sendMarks(convening: string): Promise<Sending> {
	const send = () => sendNow(convening)
	return 'locks' in navigator ? navigator.locks.request('throughline-door', send) : send()
}

async function sendNow(convening: string): Promise<Sending> {
	const marks = (await listMarks(convening)).filter(({ state }) => state === 'waiting')
	for (let n = 0; n < marks.length; n += AT_ONCE) {
		const part = marks.slice(n, n + AT_ONCE)
		const { failed, answer } = await ask(convening, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(part.map(({ convening: _, label: __, state: ___, ...mark }) => mark)) })
		if (failed) return failed
		for (const told of answer as Answer[]) {
			const mark = part.find(({ key }) => key === told.key)
			if (!mark) continue
			if (['written', 'there_already'].includes(told.outcome) && mark.rsvp) {
				const list = await findList(convening)
				if (list) await putList({ ...list, guests: afterTaking(list.guests, mark) })
			}
			if (told.outcome === 'written') await deleteMark(mark.key)
			else await putMark({ ...mark, ...told, state: 'asks' })
		}
	}
	return 'done'
}

async function ask(convening: string, request?: RequestInit): Promise<{ failed?: Exclude<Sending, 'done'>; answer?: unknown }> {
	try {
		const response = await fetch(addressOf(convening), { ...request, cache: 'no-store' })
		if (response.status === 401) return { failed: 'signed_out' }
		if (response.status === 403 || response.status === 404) return { failed: 'not_permitted' }
		return response.ok ? { answer: await response.json() } : { failed: 'unreachable' }
	} catch {
		return { failed: 'unreachable' }
	}
}

/** Brings the list from the server to the telephone. */
export async function loadList(convening: string): Promise<Sending> {
	const { failed, answer } = await ask(convening)
	if (failed) return failed
	await putList({ ...(answer as Omit<DoorList, 'convening' | 'loadedAt'>), convening, loadedAt: Date.now() })
	return 'done'
}
