import { json } from '@sveltejs/kit'
import { listForPhone, takeMark, type GivenMark } from '#coalition/server'
import { Refusal } from '#database'
import { personOfAccount } from '#people/server'
import { getConveningPage } from '#lib/server/convening-page.ts'
import { refusalSentence } from '#lib/server/refusal-sentence.ts'
import type { RequestEvent, RequestHandler } from './$types'

const HEADERS = { 'cache-control': 'private, no-store' }
const DAY = 86_400_000
const MOST_AT_ONCE = 200

/** What stands in the way of a telephone at this door: nobody is signed in, or the door is not theirs. */
async function closedTo({ locals, params }: RequestEvent): Promise<Response | undefined> {
	if (!locals.account) return json({ code: 'signed_out' }, { status: 401, headers: HEADERS })
	const { can } = await getConveningPage(locals, params.id)
	return can('check_in') ? undefined : json({ code: 'not_permitted' }, { status: 404, headers: HEADERS })
}

/** The list for a telephone that may lose its network, and until when it may keep it. */
export const GET: RequestHandler = async (event) => {
	const closed = await closedTo(event)
	if (closed) return closed
	const { convening, actor } = await getConveningPage(event.locals, event.params.id)
	const guests = await listForPhone(event.locals.database, actor, convening.id, new Date())
	return json({ title: convening.title, deleteAfter: convening.endsAt.getTime() + DAY, guests }, { headers: HEADERS })
}

/** Takes notes, each in a transaction of its own, so that one that is refused holds no other up. */
export const POST: RequestHandler = async (event) => {
	const { request, url, locals } = event
	// A page of somebody else can send no JSON here without the browser asking first, and is refused by its origin besides.
	if (!/^application\/json\b/.test(request.headers.get('content-type') ?? '') || (request.headers.get('origin') ?? url.origin) !== url.origin) return json({ code: 'mark_unreadable' }, { status: 415, headers: HEADERS })
	const closed = await closedTo(event)
	if (closed) return closed
	const given: unknown = await request.json().catch(() => undefined)
	if (!Array.isArray(given) || given.length > MOST_AT_ONCE) return json({ code: 'mark_unreadable' }, { status: 400, headers: HEADERS })
	const answers: object[] = []
	for (const mark of given as GivenMark[]) answers.push({ key: String(mark?.key), ...(await takeOne(locals, event.params.id, mark)) })
	return json(answers, { headers: HEADERS })
}

async function takeOne(locals: App.Locals, convening: string, given: GivenMark): Promise<object> {
	const { key, kind, at, rsvp, code, name, partySize, heads, anyway } = Object.fromEntries(Object.entries(given ?? {}).map(([field, value]) => [field, String(value)]))
	const mark = { key: key ?? '', kind: kind as GivenMark['kind'], at: at ?? '', rsvp, code, name, partySize, heads, anyway: anyway === 'true' }
	try {
		const now = new Date()
		return await locals.database.transaction().execute(async (writer) => {
			const account = locals.account!
			return takeMark(writer, { account: account.id, person: await personOfAccount(writer, account, now), administrator: account.administrator }, convening, mark, now)
		})
	} catch (cause) {
		if (cause instanceof Refusal) return { outcome: 'refused', sentence: refusalSentence(cause) }
		throw cause
	}
}
