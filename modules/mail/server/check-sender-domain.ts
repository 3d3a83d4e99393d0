import { Resolver } from 'node:dns/promises'
import { dmarcNames, readDmarc, readSpf, type DmarcVerdict, type SpfVerdict } from '../sender-domain.ts'

export interface DomainCheck {
	domain: string
	spf: SpfVerdict | { state: 'unasked' }
	/** `name`: where the record stands. */
	dmarc: (DmarcVerdict & { name: string }) | { state: 'unasked' }
}

const SECONDS = 5
const NOTHING = new Set(['ENOTFOUND', 'ENODATA'])

/**
 * Asks the domain's name servers what mailboxes will ask them about letters from it. An answer that does not come within the time limit, or no network,
 * is `unasked`; a name without records is `missing`. `servers` as `Resolver.setServers` takes them, the machine's own where left out.
 */
export async function checkSenderDomain(domain: string, { servers, seconds = SECONDS }: { servers?: readonly string[]; seconds?: number } = {}): Promise<DomainCheck> {
	const resolver = new Resolver({ timeout: Math.floor((1000 * seconds) / 2), tries: 2 })
	if (servers) resolver.setServers(servers)
	const late = setTimeout(() => resolver.cancel(), 1000 * seconds)
	const ask = async (name: string): Promise<string[] | undefined> => {
		try {
			return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''))
		} catch (cause) {
			return NOTHING.has((cause as NodeJS.ErrnoException).code ?? '') ? [] : undefined
		}
	}
	try {
		const [own, policies] = await Promise.all([ask(domain), Promise.all(dmarcNames(domain).map(async (name) => ({ name, records: await ask(name) })))])
		return { domain, spf: own ? readSpf(own) : { state: 'unasked' }, dmarc: firstPolicy(policies) }
	} finally {
		clearTimeout(late)
	}
}

/** The record nearest to the domain; that of a domain above counts only where those below were answered. */
function firstPolicy(policies: readonly { name: string; records: string[] | undefined }[]): DomainCheck['dmarc'] {
	for (const { name, records } of policies) {
		if (!records) return { state: 'unasked' }
		const verdict = readDmarc(records)
		if (verdict.state !== 'missing') return { ...verdict, name }
	}
	return { state: 'missing', name: policies[0]!.name }
}
