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

type Locale = 'en' | 'es'

function wordsOf({ kind, parameters, language }: OutgoingMail): { subject: string; text: string } {
	const locales: readonly Locale[] = language ? [language] : ['en', 'es']
	const about = (locale: Locale) => ({ title: parameters.title ?? '', when: parameters[`when_${locale}`] ?? '', url: parameters.url ?? '' })
	const words: Record<OutgoingMail['kind'], (locale: Locale) => { subject: string; text: string }> = {
		magic_link: (locale) => ({ subject: m.mail_sign_in_subject({}, { locale }), text: m.mail_sign_in_link({ url: parameters.url! }, { locale }) }),
		magic_link_refused: (locale) => ({ subject: m.mail_sign_in_subject({}, { locale }), text: m.mail_sign_in_refused({}, { locale }) }),
		rsvp_coming: (locale) => ({ subject: m.mail_rsvp_coming_subject(about(locale), { locale }), text: m.mail_rsvp_coming(about(locale), { locale }) }),
		rsvp_waiting: (locale) => ({ subject: m.mail_rsvp_waiting_subject(about(locale), { locale }), text: m.mail_rsvp_waiting(about(locale), { locale }) }),
	}
	const letters = locales.map((locale) => words[kind](locale))
	return { subject: letters.map(({ subject }) => subject).join(' · '), text: letters.map(({ text }) => text).join('\n\n') }
}
