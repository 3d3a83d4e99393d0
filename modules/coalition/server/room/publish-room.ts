import { exactly, sumOf, valueOf, type Release, type TableNumber } from '@throughline/disclosure'
import { randomDraw, type Estimate } from '@throughline/stats'
import { findCommunityShares, type CommunityShares } from '#atlas/server'
import { appendToLedger, Refusal, type Writer } from '#database'
import { categorySet, coverageOf, FEWEST_ANSWERS, groupsOf, LEAST_COVERAGE, sharesOf, type CommunitySource, type PublishedTable, type SetName } from '../../room/index.ts'
import { nameOf, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { recordOf, requireConvening } from '../convenings/convenings.ts'
import { decideReleases, type ReleaseWork } from './decide-in-thread.ts'
import { cellOf, listReleases, memoryOf, readCells, sumOver, type StoredRelease } from './release-memory.ts'
import type { PublishedQuestion, RoomRelease } from './room-tables.ts'
import { countAnswers, findSurvey, writeClosing } from './surveys.ts'

type Counts = ReadonlyMap<string, number>

/**
 * Closes the survey and publishes what may be shown of it, audited together with everything that the body published before. Returns it.
 * Errors: `room_not_open` where there is none, `room_published`, `convening_not_begun`, `room_not_counted`, `room_too_many_answers`, `room_leaks`,
 * those of `requireConvening`.
 */
export async function publishRoom(writer: Writer<CoalitionTables>, actor: Actor, convening: string, now: Date): Promise<RoomRelease> {
	const row = await requireConvening(writer, actor, convening, 'publish_room', now)
	// One release of a body at a time: each must know all others.
	await writer.selectFrom('coalition.body').select('id').where('id', '=', row.body).forUpdate().executeTakeFirstOrThrow()
	const survey = await findSurvey(writer, convening)
	if (!survey) throw new Refusal('room_not_open')
	const earlier = await listReleases(writer, row.body)
	if (earlier.some((release) => release.convening === convening)) throw new Refusal('room_published')
	if (row.starts_at > now) throw new Refusal('convening_not_begun')
	const { answered, attended, counted, most } = await countAnswers(writer, convening)
	if (attended === 0) throw new Refusal('room_not_counted')
	if (answered > most) throw new Refusal('room_too_many_answers', { answered, attended })
	if (!survey.closedAt) await writeClosing(writer, actor, convening, now)
	const year = yearOf(row.starts_at, row.zone)
	const enough = answered >= FEWEST_ANSWERS && coverageOf(answered, attended) >= LEAST_COVERAGE
	const { area } = await writer.selectFrom('coalition.body').select('area').where('id', '=', row.body).executeTakeFirstOrThrow()
	const community = enough ? await findCommunityShares(writer, area ?? undefined, sharesOf(survey.sets)) : undefined
	const sameYear = earlier.filter((release) => release.year === year)
	const questions = enough ? await publishQuestions(writer, convening, survey.sets, sameYear, community) : []
	const content: RoomRelease = { attended, counted, answered: answered < FEWEST_ANSWERS ? null : answered, enough, area: community?.area ?? null, vintage: vintagesOf(community), questions }
	await writer.insertInto('room.release').values({ convening, body: row.body, number: earlier.length + 1, year, content: JSON.stringify(content), made_at: now, made_by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'room.published', subject: recordOf(convening), payload: null })
	return content
}

const yearOf = (at: Date, zone: string): number => Number(new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric' }).format(at))

function vintagesOf(community: CommunityShares | undefined): string | null {
	const all = [...new Set([...(community?.shares.values() ?? [])].map(({ vintage }) => vintage))]
	return all.length === 0 ? null : all.sort().join(', ')
}

async function publishQuestions(writer: Writer<CoalitionTables>, convening: string, sets: readonly SetName[], earlier: readonly StoredRelease[], community: CommunityShares | undefined): Promise<PublishedQuestion[]> {
	const cells = await readCells(writer, [convening, ...earlier.map((release) => release.convening)])
	const asked = sets.map((set) => prepareQuestion(convening, set, earlier, cells.get(set) ?? new Map(), communityOf(set, community)))
	const decided = await decideReleases(asked.flatMap(({ work }) => work ?? []))
	if (decided.some(({ release, leaks }) => leaks > 0 || release.exposed.length > 0)) throw new Refusal('room_leaks')
	return asked.map(({ work, publish }) => publish(work && decided.shift()!.release))
}

/** Shares of the options of a question; null where nothing is compared. */
function communityOf(set: SetName, community: CommunityShares | undefined): (Estimate | null)[] | null {
	const { options, community: sources } = categorySet(set)
	if (!sources || !community) return null
	const shares = options.map((option) => shareOf(sources[option]!, community))
	return shares.every((share) => share === null) ? null : shares
}

function shareOf(source: CommunitySource, { shares }: CommunityShares): Estimate | null {
	const parts = ('is' in source ? [source.is] : source.restOf).map((key) => shares.get(key))
	if (parts.some((part) => part === undefined)) return null
	const sum = parts.reduce((total, part) => total + part!.estimate, 0)
	const moe = Math.hypot(...parts.map((part) => part!.moe))
	return { estimate: 'is' in source ? sum : Math.max(0, 1 - sum), moe: Number.isNaN(moe) ? 0 : moe }
}

interface PreparedQuestion {
	/** What is to be decided; undefined where too few answered and nothing is shown. */
	work: ReleaseWork | undefined
	/** The question as it is published, once that is decided. */
	publish: (release: Release | undefined) => PublishedQuestion
}

/** A question of the convening and of its year so far, with everything that was published of it before. */
function prepareQuestion(convening: string, set: SetName, earlier: readonly StoredRelease[], counts: Counts, community: (Estimate | null)[] | null): PreparedQuestion {
	const { options } = categorySet(set)
	const held = lastYear(earlier, set)
	const total = options.reduce((sum, option) => sum + (counts.get(cellOf(convening, option)) ?? 0), 0)
	if (total < FEWEST_ANSWERS) return { work: undefined, publish: () => ({ set, community, event: WITHHELD(options), year: { ...WITHHELD(options), convenings: held } }) }
	const convenings = [...held, convening]
	const memories = earlier.map((release) => memoryOf(release, set, counts))
	const numbers: TableNumber[] = [
		...options.map((option) => ({ name: `event ${option}`, terms: sumOver([convening], option), importance: 1 })),
		...options.map((option) => ({ name: `year ${option}`, terms: sumOver(convenings, option) })),
	]
	const published = [...memories.flatMap(({ statements }) => statements), exactly(sumOf(options.map((option) => cellOf(convening, option))), total)]
	const small = numbers.filter(({ terms }) => valueOf(terms, counts) > 0 && valueOf(terms, counts) < FEWEST_ANSWERS)
	const table = (kind: 'event' | 'year', of: readonly string[], release: Release) => tableOf(kind, numbers, release, counts, options, of, community)
	return {
		work: { numbers, counts, published, secrets: memories.flatMap((memory) => memory.secrets), small },
		publish: (release) => ({ set, community, event: table('event', [convening], release!), year: { ...table('year', convenings, release!), convenings } }),
	}
}

const WITHHELD = (options: readonly string[]): PublishedTable => ({ answered: null, counts: options.map(() => null), withheld: true, draw: null })

/** The convenings that the newest sum of the year holds. */
function lastYear(releases: readonly StoredRelease[], set: SetName): string[] {
	return releases.flatMap(({ content }) => content.questions.filter((one) => one.set === set)).at(-1)?.year.convenings ?? []
}

function tableOf(kind: 'event' | 'year', numbers: readonly TableNumber[], release: Release, counts: Counts, options: readonly string[], convenings: readonly string[], community: (Estimate | null)[] | null): PublishedTable {
	const answered = options.reduce((sum, option) => sum + valueOf(sumOver(convenings, option), counts), 0)
	const shown = options.map((option) => {
		const number = numbers.find(({ name }) => name === `${kind} ${option}`)!
		return release.shown.includes(number.name) ? valueOf(number.terms, counts) : null
	})
	const table = { answered, counts: shown, withheld: release.withheld }
	const groups = groupsOf(table, community)
	return { ...table, draw: groups && groups.counts.length > 1 ? randomDraw(groups.shares, answered) : null }
}
