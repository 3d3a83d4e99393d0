import type { Reason } from './mail-tables.ts'

interface SmtpError {
	code?: string
	command?: string
	responseCode?: number
	response?: string
	message?: string
}

/** What a failed try means: try later, give up, or give up for this address altogether. */
export interface MailFailure {
	reason: Reason
	again: boolean
	/** The server says that nobody has this address. */
	noSuchAddress: boolean
}

/**
 * Reads what a mail server said (RFC 5321: 4xx for now, 5xx for good). A connection that broke while the letter's text was under way may have
 * delivered it, so it is not tried again by itself.
 */
export function readFailure(cause: unknown): MailFailure {
	const { code = '', command = '', responseCode, response, message = String(cause) } = (cause ?? {}) as SmtpError
	const said = (response ?? message).slice(0, 300)
	const about = (name: string): Reason => ({ code: name, parameters: { said } })
	if (responseCode === undefined && command === 'DATA') return { reason: about('mail_uncertain'), again: false, noSuchAddress: false }
	if (code === 'EAUTH') return { reason: about('mail_login'), again: true, noSuchAddress: false }
	if (responseCode !== undefined && responseCode >= 500) {
		// The finer code (RFC 3463) decides where the server gives one: 550 alone may also mean a sender that it does not like.
		const noSuchAddress = code === 'EENVELOPE' && command === 'RCPT TO' && (/\b5\.\d+\.\d+\b/.test(said) ? /\b5\.1\.[1-6]\b/ : /^55[013]\b/).test(said)
		return { reason: about(noSuchAddress ? 'mail_no_such_address' : 'mail_refused'), again: false, noSuchAddress }
	}
	if (responseCode !== undefined) return { reason: about('mail_later'), again: true, noSuchAddress: false }
	if (code === 'EDNS') return { reason: about('mail_host_unknown'), again: true, noSuchAddress: false }
	if (code === 'EENVELOPE') return { reason: about('mail_address_unreadable'), again: false, noSuchAddress: false }
	if (code === 'ETLS' || /certificate|SSL|TLS/i.test(said)) return { reason: about('mail_security'), again: true, noSuchAddress: false }
	return { reason: about('mail_unreachable'), again: true, noSuchAddress: false }
}
