export type SpfVerdict = { state: 'found'; record: string } | { state: 'missing' } | { state: 'several'; count: number }
export type DmarcVerdict = { state: 'found'; record: string; policy: 'none' | 'quarantine' | 'reject' } | { state: 'missing' } | { state: 'unreadable'; record: string }

/** The domain of a sender such as `Name <hello@example.org>`, in small letters; undefined where there is none. */
export function domainOf(sender: string): string | undefined {
	const domain = /@([^\s@<>]+)>?\s*$/.exec(sender)?.[1]?.toLowerCase()
	return domain && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain) ? domain : undefined
}

/** What the TXT records of a domain say about who may send for it (RFC 7208, section 4.5: more than one record is as good as none). */
export function readSpf(records: readonly string[]): SpfVerdict {
	const [record, ...others] = records.filter((one) => /^v=spf1( |$)/i.test(one))
	if (record === undefined) return { state: 'missing' }
	return others.length > 0 ? { state: 'several', count: others.length + 1 } : { state: 'found', record }
}

/** What the TXT records at `_dmarc` ask of mailboxes (RFC 7489, section 6.6.3); more than one record is as good as none. */
export function readDmarc(records: readonly string[]): DmarcVerdict {
	const [record, ...others] = records.filter((one) => /^v=DMARC1\s*(;|$)/.test(one))
	if (record === undefined || others.length > 0) return { state: 'missing' }
	const policy = /;\s*p\s*=\s*(none|quarantine|reject)\s*(;|$)/i.exec(record)?.[1]?.toLowerCase() as 'none' | 'quarantine' | 'reject' | undefined
	return policy ? { state: 'found', record, policy } : { state: 'unreadable', record }
}

/** Names at which the DMARC record of a domain may stand: its own, then those of the domains above it that have two parts or more. */
export function dmarcNames(domain: string): string[] {
	const parts = domain.split('.')
	return parts.slice(0, Math.max(1, parts.length - 1)).map((_, n) => `_dmarc.${parts.slice(n).join('.')}`)
}
