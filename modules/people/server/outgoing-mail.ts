/** A letter before it has words: what it is about, for whom, with which parameters. */
export interface OutgoingMail {
	kind: 'magic_link' | 'magic_link_refused'
	recipient: string
	parameters: Record<string, string>
}

/**
 * Takes a letter to the outbox. It answers at once: neither the outbox nor the mail server may take their time within the request, which
 * would tell a stranger whether somebody has the address.
 */
export type SendMail = (mail: OutgoingMail) => Promise<void>
