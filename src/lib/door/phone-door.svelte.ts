import { codeIn, type DoorList, type KeptMark } from './door-lines.ts'
import { deleteList, deleteMark, findList, listMarks, putMark } from './door-store.ts'
import { loadList, sendMarks, type Sending } from './send-marks.ts'
import { forgetPages } from './tidy-door.ts'

type Noted = Partial<Pick<KeptMark, 'rsvp' | 'code' | 'name' | 'partySize' | 'heads' | 'anyway'>>

/** The door of one convening on this telephone: what lies in its store, and how it stands with the server. */
export class PhoneDoor {
	list = $state.raw<DoorList | undefined>()
	marks = $state.raw<KeptMark[]>([])
	standing = $state<Sending | 'looking'>('looking')
	/** Whether the page opens without a network. */
	ready = $state(false)
	readonly convening: string

	constructor(convening: string) {
		this.convening = convening
	}

	get waiting(): number {
		return this.marks.filter(({ state }) => state === 'waiting').length
	}

	async #read(): Promise<void> {
		this.list = await findList(this.convening)
		this.marks = await listMarks(this.convening)
	}

	/** Reads what lies here, sends what waits, and brings the list up to date. */
	async refresh(): Promise<void> {
		await this.#read()
		const sent = await sendMarks(this.convening)
		this.standing = sent === 'done' ? await loadList(this.convening) : sent
		await this.#read()
	}

	/** Notes something on the disk first, then tries to send it. */
	async note(kind: KeptMark['kind'], label: string, noted: Noted): Promise<void> {
		await putMark({ key: crypto.randomUUID(), kind, at: new Date().toISOString(), convening: this.convening, label, state: 'waiting', ...noted })
		await this.#read()
		this.standing = await sendMarks(this.convening)
		await this.#read()
	}

	/** The guest whose code this is; a code that the list does not know is kept and looked up when it is sent. */
	async noteCode(text: string): Promise<'noted' | 'there' | 'empty'> {
		const code = codeIn(text)
		if (!code) return 'empty'
		const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${this.convening}:${code}`))
		const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
		const guest = this.list?.guests.find(({ codeHash }) => codeHash === hash)
		if (guest && (guest.there || this.marks.some(({ rsvp, state }) => rsvp === guest.rsvp && state === 'waiting'))) return 'there'
		await this.note('code', guest?.name ?? code, { code, rsvp: guest?.rsvp })
		return 'noted'
	}

	/** Takes back what was not sent yet, or puts a note away that somebody has looked at. */
	async drop(key: string): Promise<void> {
		await deleteMark(key)
		await this.#read()
	}

	/** Somebody came although their RSVP was cancelled. */
	async comeAnyway({ key, kind, label, rsvp, code, partySize }: KeptMark): Promise<void> {
		await deleteMark(key)
		await this.note(kind, label, { rsvp, code, partySize, anyway: true })
	}

	/** Deletes the list and the page that opens without a network; notes that wait are kept unless they are meant, too. */
	async forget(): Promise<void> {
		for (const { key } of this.marks) await deleteMark(key)
		await deleteList(this.convening)
		await forgetPages()
		await this.#read()
		this.ready = false
	}

	/** Has the page and its files kept, so that it opens without a network. */
	async keepPage(): Promise<void> {
		if (!('serviceWorker' in navigator) || this.standing !== 'done') return
		await navigator.serviceWorker.register('/service-worker.js', { scope: location.pathname })
		const { active } = await navigator.serviceWorker.ready
		const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
		const linked = [...document.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload], link[rel=stylesheet], link[rel=preload]')].map(({ href }) => href)
		const files = [...new Set([...loaded, ...linked])].filter((name) => name.startsWith(`${location.origin}/_app/immutable/`))
		const { port1, port2 } = new MessageChannel()
		const kept = new Promise<boolean>((resolve) => void (port1.onmessage = ({ data }) => resolve(Boolean(data))))
		active!.postMessage({ keep: [location.pathname, ...files] }, [port2])
		this.ready = await kept
	}
}
