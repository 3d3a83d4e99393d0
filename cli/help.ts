import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { terminalLocale, type Locale } from './sentence.ts'

/** The help of a command in the language of the terminal: its one line for the list, and what `--help` prints. */
export function helpOf(name: string, locale: Locale = terminalLocale()): { summary: string; text: string } {
	const file = join(import.meta.dirname, '..', 'messages', locale, 'help', `${name.replace(' ', '-')}.txt`)
	const [summary, ...rest] = readFileSync(file, 'utf8').split('\n')
	return { summary: summary!, text: rest.join('\n').trim() }
}
