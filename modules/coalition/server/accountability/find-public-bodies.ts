import { sql } from 'kysely'
import type { Reader } from '#database'
import { quietPeriodOn, type QuietPeriod } from '../../accountability/quiet-mode.ts'
import type { PopoloFacts } from '../../accountability/popolo.ts'
import { dayOf } from '../../decisions/day.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { listCommitments, type CommitmentLine } from './commitment-lines.ts'
import { dayColumn } from './day-column.ts'

export interface TermLine {
	id: string
	holder: string
	beginsOn: string
	endsOn: string
	/** Whether today lies in it. */
	current: boolean
}

export interface OfficeLine {
	id: string
	post: string
	division: string
	/** Newest first. */
	terms: TermLine[]
}

export interface PublicBodyView {
	id: string
	slug: string
	name: string
	about: string
	keptBy: { id: string; slug: string; name: string }
	quietDays: number
	elections: string[]
	quiet: QuietPeriod | undefined
	/** Every office alike, by name. */
	offices: OfficeLine[]
	commitments: CommitmentLine[]
}

/** Public bodies with all their offices, terms and commitments, by name; or the one of an address, or those that a body keeps. */
export async function listPublicBodies(reader: Reader<CoalitionTables>, { slug, keptBy }: { slug?: string; keptBy?: string }, now: Date): Promise<PublicBodyView[]> {
	let query = reader.selectFrom('coalition.public_body').innerJoin('coalition.body', 'coalition.body.id', 'kept_by')
		.select(['coalition.public_body.id', 'coalition.public_body.slug', 'coalition.public_body.name', 'about', 'quiet_days', 'kept_by', 'coalition.body.slug as keeper_slug', 'coalition.body.name as keeper_name'])
	if (slug !== undefined) query = query.where('coalition.public_body.slug', '=', slug)
	if (keptBy !== undefined) query = query.where('kept_by', '=', keptBy)
	const [bodies, offices, terms, elections, commitments] = await Promise.all([
		query.orderBy('coalition.public_body.name').execute(),
		reader.selectFrom('coalition.office').selectAll().orderBy('post').orderBy('id').execute(),
		reader.selectFrom('coalition.office_term').select(['id', 'office', 'holder', dayColumn('begins_on'), dayColumn('ends_on')]).orderBy(sql`begins_on`, 'desc').execute(),
		reader.selectFrom('coalition.election').select(['public_body', dayColumn('day')]).orderBy(sql`2`).execute(),
		listCommitments(reader, {}, now),
	])
	const today = dayOf(now)
	return bodies.map((body): PublicBodyView => {
		const days = elections.filter(({ public_body }) => public_body === body.id).map(({ day }) => day)
		return {
			id: body.id, slug: body.slug, name: body.name, about: body.about, quietDays: body.quiet_days, keptBy: { id: body.kept_by, slug: body.keeper_slug, name: body.keeper_name },
			elections: days, quiet: quietPeriodOn(days, body.quiet_days, today), commitments: commitments.filter(({ publicBody }) => publicBody.id === body.id),
			offices: offices.filter(({ public_body }) => public_body === body.id).map(({ id, post, division }) => ({
				id, post, division,
				terms: terms.filter(({ office }) => office === id).map((term) => ({ id: term.id, holder: term.holder, beginsOn: term.begins_on, endsOn: term.ends_on, current: term.begins_on <= today && today <= term.ends_on })),
			})),
		}
	})
}

/** What Popolo tells: everybody who holds or held a listed office. */
export async function listPopoloFacts(reader: Reader<CoalitionTables>, now: Date): Promise<PopoloFacts> {
	const bodies = await listPublicBodies(reader, {}, now)
	const offices = bodies.flatMap(({ id, offices }) => offices.map((office) => ({ ...office, publicBody: id })))
	return { publicBodies: bodies, offices, terms: offices.flatMap(({ id, terms }) => terms.map((term) => ({ ...term, office: id }))) }
}

export interface TermView extends TermLine {
	office: { id: string; post: string; division: string }
	publicBody: PublicBodyView
	commitments: CommitmentLine[]
}

/** One term of an office with what was promised in it, and nothing of any other term. */
export async function findTerm(reader: Reader<CoalitionTables>, id: string, now: Date): Promise<TermView | undefined> {
	const found = await reader.selectFrom('coalition.office_term').innerJoin('coalition.office', 'coalition.office.id', 'office').innerJoin('coalition.public_body', 'coalition.public_body.id', 'public_body').select(['slug', 'office']).where('coalition.office_term.id', '=', id).executeTakeFirst()
	if (!found) return undefined
	const [publicBody] = await listPublicBodies(reader, { slug: found.slug }, now)
	const { terms, ...office } = publicBody!.offices.find((one) => one.id === found.office)!
	return { ...terms.find((term) => term.id === id)!, office, publicBody: publicBody!, commitments: publicBody!.commitments.filter(({ term }) => term.id === id) }
}
