import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Locale = 'en' | 'es'

/** The language of the terminal: Spanish when LANGUAGE, LC_ALL, LC_MESSAGES or LANG says so. */
export function terminalLocale(environment: NodeJS.ProcessEnv = process.env): Locale {
	const wanted = environment.LANGUAGE || environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ''
	return /^es/i.test(wanted) ? 'es' : 'en'
}

const catalogues = new Map<Locale, Record<string, string>>()

function catalogueOf(locale: Locale): Record<string, string> {
	let catalogue = catalogues.get(locale)
	if (!catalogue) {
		const folder = join(import.meta.dirname, '..', 'messages', locale)
		const parts = globSync('*.json', { cwd: folder }).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
		catalogue = Object.assign({}, ...parts) as Record<string, string>
		catalogues.set(locale, catalogue)
	}
	return catalogue
}

/** A message of `messages/{locale}/*.json` with its parameters filled in. Errors: RangeError when the key has no message. */
export function sentence(key: string, parameters: Record<string, string | number> = {}, locale: Locale = terminalLocale()): string {
	const message = catalogueOf(locale)[key]
	if (message === undefined) throw new RangeError(`no message ${key}`)
	return message.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? `{${name}}`))
}

/** The sentence of a typed reason (`{ code, parameters }`), or undefined when `cause` is something else. */
export function sentenceOfRefusal(cause: unknown): string | undefined {
	const { code, parameters } = (cause ?? {}) as { code?: string; parameters?: Record<string, string | number> }
	if (typeof code !== 'string' || typeof parameters !== 'object') return undefined
	return sentence(`error_${code}`, parameters)
}
