import { createTransport, type Transporter } from 'nodemailer'
import { readSetting, Refusal, writeSetting, type Reader, type Writer } from '#database'
import { mailKey, seal, unseal } from './mail-key.ts'
import type { MailTables } from './mail-tables.ts'

export const SECURITIES = ['tls', 'starttls', 'none'] as const
export type Security = (typeof SECURITIES)[number]

/** The mail server as the administrator's page keeps it; what is secret stays sealed. */
export interface KeptServer {
	host: string
	port: number
	security: Security
	user: string
	sealedPassword: string
	sender: string
	postal: string
	dkimDomain: string
	dkimSelector: string
	sealedDkimKey: string
}

/** A form as it was sent; an empty password or key keeps the one that is there. */
export type GivenServer = Partial<Record<'host' | 'port' | 'security' | 'user' | 'password' | 'sender' | 'postal' | 'dkimDomain' | 'dkimSelector' | 'dkimKey', string>>

/** Where letters can go out. */
export interface MailServer {
	source: 'environment' | 'database'
	sender: string
	postal: string
	open(): Transporter
}

const KEY = 'mail'

/** What an administrator saved, or undefined. */
export async function readKeptServer(reader: Reader<MailTables>): Promise<KeptServer | undefined> {
	return (await readSetting(reader, KEY)) as unknown as KeptServer | undefined
}

/** Whether, and as whom, letters can go out: the environment's server, else the administrator's. */
export async function findMailServer(reader: Reader<MailTables>, environment: NodeJS.ProcessEnv = process.env): Promise<MailServer | undefined> {
	const { THROUGHLINE_SMTP_URL: url, THROUGHLINE_MAIL_FROM: from, THROUGHLINE_DATA_DIR: directory } = environment
	const kept = await readKeptServer(reader)
	if (url && from) return { source: 'environment', sender: from, postal: kept?.postal ?? '', open: () => createTransport(url, { from, ...QUIET }) }
	if (!kept?.host || !directory) return undefined
	return { source: 'database', sender: kept.sender, postal: kept.postal, open: () => transportOf(kept, directory) }
}

/** A letter may hold no file of this machine and nothing fetched from elsewhere. */
const QUIET = { disableFileAccess: true, disableUrlAccess: true }

function transportOf(kept: KeptServer, directory: string): Transporter {
	const key = mailKey(directory, 'settings')
	const password = kept.sealedPassword && unseal(key, kept.sealedPassword)
	const dkimKey = kept.sealedDkimKey && unseal(key, kept.sealedDkimKey)
	return createTransport({
		host: kept.host, port: kept.port, secure: kept.security === 'tls', requireTLS: kept.security === 'starttls', ignoreTLS: kept.security === 'none',
		auth: kept.user ? { user: kept.user, pass: password ?? '' } : undefined,
		connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000,
		dkim: dkimKey ? { domainName: kept.dkimDomain, keySelector: kept.dkimSelector, privateKey: dkimKey, headerFieldNames: SIGNED } : undefined,
	}, { from: kept.sender, ...QUIET })
}

/** What a signature covers: the library's list lacks the header of one-click unsubscribing (RFC 8058, section 4). */
const SIGNED = 'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:List-Id:List-Unsubscribe:List-Unsubscribe-Post'

/**
 * Keeps the administrator's mail server. Errors: `mail_host_missing`, `mail_port`, `mail_sender`, `mail_postal_missing`, `mail_dkim`.
 */
export async function keepServer(writer: Writer<MailTables>, given: GivenServer, directory: string): Promise<void> {
	const before = await readKeptServer(writer)
	const [host, port, sender, postal] = [given.host?.trim() ?? '', Number(given.port), given.sender?.trim() ?? '', given.postal?.trim() ?? '']
	if (!/^[\w.:-]{1,253}$/.test(host)) throw new Refusal('mail_host_missing', { host: host.slice(0, 80) })
	if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Refusal('mail_port', { port: String(given.port ?? '').slice(0, 10) })
	if (!/^([^<>\r\n]{0,80}<[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+)$/.test(sender)) throw new Refusal('mail_sender', { sender: sender.slice(0, 80) })
	if (!postal) throw new Refusal('mail_postal_missing')
	const security = SECURITIES.find((one) => one === given.security) ?? 'tls'
	const key = mailKey(directory, 'settings')
	const sealOr = (text: string | undefined, kept: string | undefined) => (text ? seal(key, text) : (kept ?? ''))
	const server: KeptServer = {
		host, port, security, user: given.user?.trim() ?? '', sealedPassword: given.user?.trim() ? sealOr(given.password, before?.sealedPassword) : '', sender, postal: postal.slice(0, 400),
		dkimDomain: given.dkimDomain?.trim() ?? '', dkimSelector: given.dkimSelector?.trim() ?? '', sealedDkimKey: given.dkimDomain?.trim() ? sealOr(given.dkimKey?.trim(), before?.sealedDkimKey) : '',
	}
	if (server.dkimDomain && !(server.dkimSelector && server.sealedDkimKey && (!given.dkimKey?.trim() || /BEGIN [A-Z ]*PRIVATE KEY/.test(given.dkimKey)))) throw new Refusal('mail_dkim')
	await writeSetting(writer as never, KEY, server as never)
}

/** Whether letters can go out at all. */
export async function canDeliverMail(reader: Reader<MailTables>): Promise<boolean> {
	return (await findMailServer(reader)) !== undefined
}
