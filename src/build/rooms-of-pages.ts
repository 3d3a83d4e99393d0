import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const MESSAGES = join(import.meta.dirname, '..', '..', 'messages', 'en')

/** Files of sentences that only pages about circles and hubs say. */
const COALITION = ['accountability', 'actions', 'agenda', 'campaigns', 'capacity', 'coalition', 'convenings', 'decisions', 'knowledge', 'members', 'my-page', 'room', 'survey', 'taking-part', 'volunteering']
const sentences = new Set(COALITION.flatMap((file) => Object.keys(JSON.parse(readFileSync(join(MESSAGES, `${file}.json`), 'utf8')) as object)))

/** Whether a module belongs to the pages about circles and hubs, which the pages of the atlas need not carry. */
export function isOfCoalition(id: string): boolean {
	if (id.includes('/paraglide/messages/')) return sentences.has(basename(id, '.js'))
	return /\/modules\/coalition\/|\/src\/lib\/(capacity|coalition|decision|convening|accountability|campaign|knowledge|survey|taking-part)-words\.ts|\/src\/lib\/components\/(accountability|body-nav|campaign|capacity|convening|decision|survey)/.test(id)
}

/** Whether a module is used by the frame of every page and by too few others to be gathered with what many use: each would be a file of its own. */
export function isOfEveryPage(id: string): boolean {
	return /\/paraglide\/messages\/(nav_sign_in|nav_sign_out|citations_title|product_tagline|error_page_failed|standards_link)\.js|\/src\/lib\/door\/keeps-door\.ts/.test(id)
}
