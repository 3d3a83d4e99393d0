import { error, redirect } from '@sveltejs/kit'
import { may, SUPPORTS, type BodyAction, type GivenSeries } from '#coalition'
import { findPlaceInSeries, findRsvp, findSeriesRsvp, getBodyRef, getConvening, lettersAbout, positionsOf, readCode, type Actor, type Convening, type GivenConvening, type GivenRsvp, type OwnRsvp, type SeriesReceipt } from '#coalition/server'
import { Refusal } from '#database'
import { queueLetters, type GivenLetter } from '#mail/server'
import { whenInWords } from '#lib/when-in-words.ts'
import { m } from '#lib/paraglide/messages.js'
import { deLocalizeHref, getLocale, localizeHref } from '#lib/paraglide/runtime.js'
import { RateLimit } from './api/rate-limit.ts'
import { readingActor } from './coalition-actor.ts'

export interface ConveningPage {
	convening: Convening
	/** The RSVP whose code opens the page. */
	rsvp: OwnRsvp | undefined
	actor: Actor
	can: (action: BodyAction) => boolean
}

/** The convening of an address, for a reader or for the guest of a code; a page that does not exist where they may not know of it. */
export async function getConveningPage(locals: App.Locals, id: string, code?: string | null): Promise<ConveningPage> {
	const [actor, now] = [await readingActor(locals), new Date()]
	const rsvp = code ? await findRsvp(locals.database, id, code) : undefined
	if (code && !rsvp) error(404)
	try {
		const convening = await getConvening(locals.database, actor, id, { guest: rsvp !== undefined }, now)
		const { visibility } = await getBodyRef(locals.database, convening.body)
		const positions = await positionsOf(locals.database, convening.body, actor, now)
		return { convening, rsvp, actor, can: (action) => may(positions, action, visibility) }
	} catch (cause) {
		if (cause instanceof Refusal) error(404)
		throw cause
	}
}

/**
 * The page of a convening for somebody whose roles allow an action there; for anybody else it does not exist. Who is not signed in is led
 * to the sign-in and back, whether there is such a convening or not.
 */
export async function getWorkPage({ locals, url, params }: { locals: App.Locals; url: URL; params: { id: string } }, action: BodyAction): Promise<ConveningPage> {
	const search = url.search.startsWith('?/') ? '' : url.search
	if (!locals.account) redirect(303, localizeHref(`/sign-in?to=${encodeURIComponent(deLocalizeHref(url.pathname) + search)}`))
	const page = await getConveningPage(locals, params.id)
	if (!page.can(action)) error(404)
	return page
}

type Given = Record<string, string>

/** The form of a convening as it was sent; several answers to one question stand under `support-<kind>` and `host-<body>`. */
export function readConveningForm(given: Given): GivenConvening {
	const { kind = '', mode = '', title = '', about = '', agenda = '', date = '', begins = '', ends = '', place = '', address = '', onlineUrl = '', county = '', capacity = '', languages = '', levelPromised = '' } = given
	return {
		kind, mode, title, about, agenda, date, begins, ends, zone: given.otherZone?.trim() || given.zone || '', place, address, onlineUrl, county, capacity, languages, levelPromised,
		addressShown: given.addressShown === 'on', minors: given.minors === 'on', supports: SUPPORTS.filter((kind) => given[`support-${kind}`] === 'on'),
		hosts: Object.keys(given).filter((name) => name.startsWith('host-')).map((name) => name.slice('host-'.length)),
	}
}

/** What a form says of a series: undefined where a convening stands alone. */
export function readSeriesForm({ rhythm = '', seriesCount = '', seriesUntil = '' }: Given): GivenSeries | undefined {
	return rhythm ? { rhythm, count: seriesCount, until: seriesUntil } : undefined
}

/** The form of an RSVP as it was sent. */
export function readRsvpForm(given: Given): GivenRsvp {
	const asked = SUPPORTS.filter((kind) => given[`support-${kind}`] === 'on').map((kind) => [kind, given[`detail-${kind}`] ?? ''])
	return {
		name: given.name ?? '', contact: given.contact ?? '', partySize: given.partySize ?? '', supports: Object.fromEntries(asked), note: given.note ?? '', language: getLocale(),
		minor: given.minor === 'on', guardian: given.guardian ?? '', guardianConsent: given.guardianConsent === 'on', formKey: given.formKey ?? '',
	}
}

const RSVPS_A_MINUTE = 60
const rsvpLimit = new RateLimit(RSVPS_A_MINUTE)

/** Counts an RSVP, or a try of a code, of one network: a room behind one address gets through, a program that fills the seats does not. Errors: `rsvp_too_many`. */
export function takeTurn(address: string): void {
	if (!rsvpLimit.take(address, Date.now()).allowed) throw new Refusal('rsvp_too_many')
}

/** Puts the letters about RSVPs into the outbox; to nobody without an e-mail address. */
export async function sendLetters(locals: App.Locals, origin: string, rsvps: readonly string[]): Promise<void> {
	const now = new Date()
	const letters = (await lettersAbout(locals.database, rsvps, now)).filter(({ answer }) => answer !== 'cancelled').map(({ recipient, contactPoint, person, language, code, answer, convening }): GivenLetter => {
		const url = `${origin}${localizeHref(rsvpPath(convening.id, code), { locale: language })}`
		const parameters = { url, title: convening.title, when: whenInWords(convening, language) }
		return { kind: answer === 'coming' ? 'rsvp_coming' : 'rsvp_waiting', recipient, contactPoint, person, language, purpose: 'event_logistics', parameters, until: convening.endsAt }
	})
	await locals.database.transaction().execute((writer) => queueLetters(writer, letters, now))
}

/** Puts one letter about several dates of a series into the outbox: each with its day and whether there is a seat. */
export async function sendSeriesLetter(locals: App.Locals, origin: string, series: string, { code, rsvps }: SeriesReceipt): Promise<void> {
	const now = new Date()
	const about = await lettersAbout(locals.database, rsvps, now)
	const [first] = about
	if (!first) return
	const { recipient, contactPoint, person, language } = first
	const dates = about.map(({ answer, convening }) => `${whenInWords(convening, language)}${answer === 'waiting' ? ` (${m.door_waiting({}, { locale: language })})` : ''}`).join('\n')
	const until = new Date(Math.max(...about.map(({ convening }) => convening.endsAt.getTime())))
	const url = `${origin}${localizeHref(seriesRsvpPath(series, code), { locale: language })}`
	await locals.database.transaction().execute((writer) => queueLetters(writer, [{ kind: 'rsvp_series', recipient, contactPoint, person, language, purpose: 'event_logistics', parameters: { url, title: first.convening.title, dates }, until }], now))
}

/** The page that a code opens: of an RSVP to this convening, or of all dates that one form answered. Errors: `rsvp_not_found`. */
export async function findByCode(locals: App.Locals, convening: string, typed: string): Promise<string> {
	if (await findRsvp(locals.database, convening, typed)) return rsvpPath(convening, readCode(typed))
	const place = await findPlaceInSeries(locals.database, convening)
	if (place && (await findSeriesRsvp(locals.database, place.series, typed))) return seriesRsvpPath(place.series, readCode(typed))
	throw new Refusal('rsvp_not_found')
}

export const seriesRsvpPath = (series: string, code: string): string => `/convenings/series/${series}/rsvp/${code}`

export const rsvpPath = (convening: string, code: string): string => `/convenings/${convening}/rsvp/${code}`

/** Answers a calendar file that programs may fetch again; `name` is that of the file. */
export function answerCalendar(text: string, name: string, { own = false }: { own?: boolean } = {}): Response {
	return new Response(text, { headers: { 'content-type': 'text/calendar; charset=utf-8', 'content-disposition': `inline; filename="${name}.ics"`, 'cache-control': own ? 'private, no-store' : 'public, max-age=300' } })
}
