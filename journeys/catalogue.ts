import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

export type Language = 'en' | 'es'

const FOLDER = join(import.meta.dirname, '..', 'messages')

/** Every sentence of one language by its key. */
export function readCatalogue(language: Language): Record<string, string> {
	const files = globSync(`${FOLDER}/${language}/*.json`).map((path) => basename(path))
	return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(join(FOLDER, language, file), 'utf8'))))
}

const catalogues = { en: readCatalogue('en'), es: readCatalogue('es') }

/** A sentence as the page says it. */
export function say(key: string, parameters: Record<string, string | number> = {}, language: Language = 'en'): string {
	const text = catalogues[language][key]
	if (text === undefined) throw new Error(`no message ${key}`)
	return text.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name]))
}

/** The sentence with anything at its parameters. */
export function saying(key: string, language: Language = 'en'): RegExp {
	const text = catalogues[language][key]
	if (text === undefined) throw new Error(`no message ${key}`)
	return new RegExp(text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+'))
}
