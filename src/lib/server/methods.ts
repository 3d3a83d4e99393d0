import { marked } from 'marked'
import { localizeHref } from '#lib/paraglide/runtime.js'

const pages = import.meta.glob<string>('/docs/methodology/*.md', { query: '?raw', import: 'default', eager: true })
const byName = new Map(Object.entries(pages).map(([path, text]) => [path.replace(/^.*\/(.+)\.md$/, '$1'), text]))

/** The methodology pages of the repository: name and title, by title. */
export function listMethods(): { name: string; title: string }[] {
	return [...byName].map(([name, text]) => ({ name, title: titleOf(text) ?? name })).sort((a, b) => a.title.localeCompare(b.title, 'en'))
}

/** A methodology page as HTML. Its text is part of this program, never of a visitor. */
export function findMethod(name: string): { title: string; html: string } | undefined {
	const text = byName.get(name)
	if (text === undefined) return undefined
	const html = marked.parse(text, { async: false }).replace(/href="(?:\.\/)?([a-z0-9-]+)\.md/g, (_, page: string) => `href="${localizeHref(`/methods/${page}`)}`)
	// What scrolls inside itself must be reachable by keyboard.
	const scrolling = html.replace(/<pre>/g, '<pre tabindex="0">').replace(/<table>/g, '<div class="table-scroll" tabindex="0"><table>').replace(/<\/table>/g, '</table></div>')
	return { title: titleOf(text) ?? name, html: scrolling }
}

function titleOf(text: string): string | undefined {
	return /^# (.+)$/m.exec(text)?.[1]
}
