import type { Reader } from '#database'
import type { CoalitionTables } from '../coalition-tables.ts'

/** Who signed a version: organizations that were verified, people confirmed by a letter, and people whose contact nobody has checked. */
export interface SignatureCounts {
	organizations: number
	verified: number
	unverified: number
}

/** Signatures that stand for a version: confirmed, not withdrawn, one for each contact. */
export function standingSignatures(reader: Reader<CoalitionTables>, statement: string, version: number) {
	return reader.selectFrom('coalition.signature').where('statement', '=', statement).where('version', '=', version).where('confirmed_at', 'is not', null).where('withdrawn_at', 'is', null).where('counts', '=', true)
}

export async function countSignatures(reader: Reader<CoalitionTables>, statement: string, version: number): Promise<SignatureCounts> {
	const [people, signOns] = await Promise.all([
		standingSignatures(reader, statement, version).select(['confirm_by', ({ fn }) => fn.countAll<string>().as('count')]).groupBy('confirm_by').execute(),
		reader.selectFrom('coalition.sign_on').select(({ fn }) => fn.countAll<string>().as('count')).where('statement', '=', statement).where('version', '=', version).where('verified_at', 'is not', null).executeTakeFirstOrThrow(),
	])
	const by = (how: string) => Number(people.find(({ confirm_by }) => confirm_by === how)?.count ?? 0)
	return { organizations: Number(signOns.count), verified: by('letter'), unverified: by('screen') }
}
