/*
 * An independent judge of consent histories: it reads them as plain JSON, imports nothing, and looks backwards from an adoption for what the
 * rules ask instead of stepping a state forwards. Where it and the engine agree on many random histories, a slip in one would show.
 */

interface Entry {
	kind: string
	at: string
	elector?: string
	objection?: number
	[more: string]: unknown
}

interface History {
	setup: { rules: Record<string, unknown>; electors: string[]; hubs: string[] }
	events: Entry[]
}

const SPEAKS = ['consent', 'stand_aside', 'concern', 'objection']
const FALLBACKS: Record<string, number> = { two_thirds: 200 / 3, three_quarters: 75 }
const filled = (value: unknown) => typeof value === 'string' && value.trim().length > 0

/** Every rule that an adoption in the history broke, in words; empty where it was lawful or nothing was adopted. */
export function judgeConsent(json: string): string[] {
	const { setup, events } = JSON.parse(json) as History
	const where = events.findIndex(({ kind }) => kind === 'adopt')
	const wrong: string[] = []
	const say = (broken: boolean, sentence: string) => void (broken && wrong.push(sentence))
	say(events.some(({ at }, i) => i > 0 && at < events[i - 1]!.at), 'time ran backwards')
	if (where < 0) return wrong
	say(where !== events.length - 1, 'something followed the adoption')
	const past = events.slice(0, where)
	const adoption = events[where]!
	const lastOf = (...kinds: string[]) => past.findLastIndex(({ kind }) => kinds.includes(kind))
	const round = lastOf('open_round')
	say(round < 0, 'no round was ever opened')
	say(!past.some(({ kind }) => kind === 'present'), 'it was never presented')
	say(past.some(({ kind, elector }) => SPEAKS.includes(kind) && !setup.electors.includes(elector!) && !setup.hubs.includes(elector!)), 'a stranger spoke')
	say(lastOf('amend', 'integrate') > round, 'the text changed after the last round was opened')
	say(!filled(adoption.owner), 'nobody owns it')
	say(!filled(adoption.reviewOn) || String(adoption.reviewOn) <= adoption.at.slice(0, 10), 'no later day to look at it again')
	const standing = standingObjections(setup, past)
	const fallback = lastOf('open_fallback')
	if (fallback > round) judgeFallback(setup, past, fallback, standing, say)
	else judgeRound(setup, past, adoption, round, standing, say)
	return wrong
}

type Say = (broken: boolean, sentence: string) => void

/** Objections with a reason that neither the objector nor the group laid to rest. */
function standingObjections({ rules, electors, hubs }: History['setup'], past: Entry[]): { index: number; by: string }[] {
	const reasoned = past.flatMap((entry, index) => (entry.kind === 'objection' && filled(entry.aim) && filled(entry.reason) ? [{ index, by: entry.elector! }] : []))
	return reasoned.filter(({ index, by }, n) => {
		const later = past.slice(index + 1)
		if (later.some(({ kind, elector }) => elector === by && SPEAKS.includes(kind))) return false
		if (later.some(({ kind, elector, objection }) => kind === 'withdraw_objection' && elector === by && objection === n + 1)) return false
		if (rules.hubsMayBlock === true && hubs.includes(by)) return true
		const others = electors.filter((elector) => elector !== by)
		const unmoved = new Set(later.filter(({ kind, objection, paramount }) => kind === 'test' && objection === n + 1 && paramount === false).map(({ elector }) => elector))
		return others.filter((elector) => unmoved.has(elector)).length <= others.length / 2
	})
}

function judgeRound({ rules, electors }: History['setup'], past: Entry[], adoption: Entry, round: number, standing: unknown[], say: Say): void {
	say(standing.length > 0, 'an objection stood')
	const changed = past.findLastIndex(({ kind }) => kind === 'amend' || kind === 'integrate')
	const from = Math.max(changed, lastReopening(rules, past, round))
	const firstRound = past.findIndex(({ kind }, i) => i > from && kind === 'open_round')
	const lastWord = (elector: string) => past.findLastIndex((entry) => SPEAKS.includes(entry.kind) && entry.elector === elector)
	const counts = (index: number) => index > round || (rules.absence === 'beforehand' && index > from && index < firstRound)
	const there = electors.filter((elector) => counts(lastWord(elector)))
	for (const elector of electors.filter((one) => !there.includes(one))) {
		const absent = past.find(({ kind, elector: who }, i) => i > round && kind === 'absent' && who === elector)
		say(!absent, 'somebody was neither heard nor absent')
		if (absent && rules.absence === 'ask_later') say(Date.parse(adoption.at) - Date.parse(absent.at) < Number(rules.absenceDays) * 86_400_000, 'an absent member still had time')
	}
	say(there.length === 0 || 100 * there.length < 100 * Number(rules.quorumShare) * electors.length - 1e-6, 'too few took part')
	say(mostAside(past, round) >= Number(rules.standAsideLimit), 'so many stood aside that the round had to be reopened')
}

/** The last time that a round ended because many stood aside, after which nothing said before counts. */
function lastReopening(rules: Record<string, unknown>, past: Entry[], round: number): number {
	for (let end = round - 1; end >= 0; end--) {
		const begin = past.findLastIndex(({ kind }, i) => i <= end && kind === 'open_round')
		if (begin < 0) return -1
		const aside = (to: number) => mostAside(past.slice(0, to + 1), begin)
		const at = past.findIndex((_, i) => i > begin && i <= end && aside(i) >= Number(rules.standAsideLimit))
		if (at >= 0) return at
		end = begin
	}
	return -1
}

/** The most electors who stood aside at one time since a round was opened. */
function mostAside(past: Entry[], round: number): number {
	const says = new Map<string, string>()
	let most = 0
	for (const { kind, elector } of past.slice(round + 1)) {
		if (SPEAKS.includes(kind)) says.set(elector!, kind)
		most = Math.max(most, [...says.values()].filter((one) => one === 'stand_aside').length)
	}
	return most
}

function judgeFallback({ rules, electors, hubs }: History['setup'], past: Entry[], fallback: number, standing: { index: number; by: string }[], say: Say): void {
	const percent = FALLBACKS[String(rules.fallback)]
	say(percent === undefined, 'the charter knows no fallback')
	say(rules.hubsMayBlock === true && standing.some(({ by }) => hubs.includes(by)), 'a hub objected, and the charter binds no hub over that')
	const before = standingObjections({ rules, electors, hubs }, past.slice(0, fallback))
	say(before.length === 0, 'a fallback without an objection')
	const reasoned = past.filter(({ kind, aim, reason }) => kind === 'objection' && filled(aim) && filled(reason))
	const tried = (by: string) => past.slice(0, fallback).some(({ kind, objection }) => kind === 'integrate' && reasoned[objection! - 1]?.elector === by)
	say(before.some(({ by }) => !tried(by)), 'nobody tried to integrate the objection')
	const votes = new Map(past.slice(fallback + 1).filter(({ kind }) => kind === 'vote').map(({ elector, inFavor }) => [elector!, inFavor]))
	say([...votes.keys()].some((elector) => !electors.includes(elector)), 'a stranger voted')
	say(votes.size === 0 || 100 * votes.size < 100 * Number(rules.quorumShare) * electors.length - 1e-6, 'too few voted')
	const inFavor = [...votes.values()].filter(Boolean).length
	say(100 * inFavor < (percent ?? 0) * votes.size - 1e-6, 'too few in favor')
}
