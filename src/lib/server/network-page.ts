import { TIE_KINDS, type Network, type TieKind } from '#coalition'
import { findNetwork, networkInThread, type OrganizationNetwork } from '#coalition/server'
import { readingActor } from './coalition-actor.ts'

/** What is shown where nobody chose: working together, not only through others. */
const USUAL: readonly TieKind[] = ['body', 'statement', 'turf']

export interface AskedNetwork {
	found: OrganizationNetwork
	network: Network
	kinds: TieKind[]
}

/** The network of the year and the kinds of ties that an address asks for, as far as its reader may know it. Errors: `network_busy`. */
export async function getNetwork(locals: App.Locals, url: URL): Promise<AskedNetwork> {
	const chosen = url.searchParams.getAll('tie')
	const own = TIE_KINDS.filter((kind) => chosen.includes(kind))
	const kinds = own.length > 0 ? own : [...USUAL]
	const found = await findNetwork(locals.database, await readingActor(locals), { year: Number(url.searchParams.get('year')) || undefined, kinds }, new Date())
	const things = found.things.map(({ kind, members, others }) => ({ kind, members, ...(others && { others }) }))
	return { found, network: await networkInThread(found.organizations.length, things), kinds }
}

/** The fields of an address that choose a network. */
export const networkQuery = ({ found, kinds }: Pick<AskedNetwork, 'found' | 'kinds'>): string => new URLSearchParams([['year', String(found.year)], ...kinds.map((kind) => ['tie', kind])]).toString()
