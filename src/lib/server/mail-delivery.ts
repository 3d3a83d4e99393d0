import { createTransport } from 'nodemailer'
import type { DeliverMail, OutgoingMail } from '#people/server'
import { m } from '#lib/paraglide/messages.js'

interface MailSettings {
	url: string
	from: string
}

function settingsOf(environment: NodeJS.ProcessEnv): MailSettings | undefined {
	const { THROUGHLINE_SMTP_URL: url, THROUGHLINE_MAIL_FROM: from } = environment
	return url && from ? { url, from } : undefined
}

/** Whether the administrator set up a mail server. */
export function canDeliverMail(environment: NodeJS.ProcessEnv = process.env): boolean {
	return settingsOf(environment) !== undefined
}

/** Delivery through the administrator's mail server (`THROUGHLINE_SMTP_URL`, `THROUGHLINE_MAIL_FROM`); undefined where there is none. */
export function mailDelivery(environment: NodeJS.ProcessEnv = process.env): DeliverMail | undefined {
	const settings = settingsOf(environment)
	if (!settings) return undefined
	const transport = createTransport(settings.url, { from: settings.from, disableFileAccess: true, disableUrlAccess: true })
	return async (mail) => {
		const { subject, text } = wordsOf(mail)
		await transport.sendMail({ to: { name: '', address: mail.recipient }, subject, text })
	}
}

/** Both languages, because nothing says which one the recipient reads. */
function wordsOf({ kind, parameters }: OutgoingMail): { subject: string; text: string } {
	const subject = (['en', 'es'] as const).map((locale) => m.mail_sign_in_subject({}, { locale })).join(' · ')
	const text = (['en', 'es'] as const).map((locale) =>
		kind === 'magic_link' ? m.mail_sign_in_link({ url: parameters.url! }, { locale }) : m.mail_sign_in_refused({}, { locale }),
	)
	return { subject, text: text.join('\n\n') }
}
