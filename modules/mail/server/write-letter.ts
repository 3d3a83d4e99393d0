import { TRANSACTIONAL, type DigestGroup, type Language, type LetterKind, type LetterParameters } from '../letter.ts'
import { words } from './words.ts'

export interface WrittenLetter {
	subject: string
	text: string
	html: string
}

/** What stands below a letter: the way to one's choices, and who writes. */
export interface LetterFoot {
	/** Address of the page on which the recipient chooses, without signing in. */
	preferences: string
	/** Postal address of the sender; may be empty. */
	postal: string
}

/** A letter in words, in one language or, where nobody knows which the recipient reads, in both. Text first; the HTML says the same. */
export function writeLetter({ kind, language, parameters }: { kind: LetterKind; language: Language | null; parameters: LetterParameters }, foot?: LetterFoot): WrittenLetter {
	const parts = (language ? [language] : (['en', 'es'] as const)).map((one) => writeIn(one, kind, parameters, foot))
	const text = parts.map((part) => part.text).join('\n\n')
	return { subject: parts.map(({ subject }) => subject).join(' · ').replace(/[\r\n]+/g, ' '), text, html: htmlOf(text, language ?? 'en') }
}

function writeIn(language: Language, kind: LetterKind, parameters: LetterParameters, foot: LetterFoot | undefined): { subject: string; text: string } {
	const groups = parameters.groups ?? []
	const given = kind === 'digest' ? digestParameters(groups, parameters.title) : parameters
	const body = kind === 'digest' ? groups.map((group) => digestText(group)).join('\n\n') : ''
	const below = foot && !TRANSACTIONAL.has(kind) ? [words('mail_foot', { url: foot.preferences }, language), foot.postal].filter(Boolean) : []
	const text = [words(`mail_${kind}`, given, language), body, ...below].filter(Boolean).join('\n\n')
	return { subject: words(`mail_${kind}_subject`, given, language), text }
}

/** The subject of a digest names its newest thing, so that two of them are told apart. */
const digestParameters = (groups: readonly DigestGroup[], title: LetterParameters['title']) => ({ title: title ?? groups[0]?.lines[0]?.title ?? '', names: groups.map(({ name }) => name).join(', ') })

function digestText({ name, lines }: DigestGroup): string {
	return [name.toUpperCase(), ...lines.map(({ title, text, url }) => [title, text, url].filter(Boolean).join('\n'))].join('\n\n')
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Plain HTML: paragraphs and links, no pictures, nothing that is fetched from anywhere. */
function htmlOf(text: string, language: Language): string {
	const paragraphs = text.split(/\n{2,}/).map((paragraph) => `<p>${escape(paragraph).replace(/https?:\/\/[^\s<]+[^\s<.,;:!?)]/g, (url) => `<a href="${url}">${url}</a>`).replaceAll('\n', '<br>')}</p>`)
	return `<!doctype html><html lang="${language}"><meta charset="utf-8"><body style="font-family:Georgia,serif;font-size:17px;line-height:1.5;max-width:38em">${paragraphs.join('')}</body></html>`
}
