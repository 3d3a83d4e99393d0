import { Refusal } from '#database'

export interface Page {
	offset: number
	limit: number
}

/** Where a list goes on. A cursor says how far somebody has read, and in which load of the region. Errors: `api_cursor_stale`. */
export function pageAsked({ limit, cursor }: { limit: number; cursor?: string }, loadedAt: Date): Page {
	if (!cursor) return { offset: 0, limit }
	const [offset, stamp] = cursor.split('-') as [string, string]
	if (stamp !== stampOf(loadedAt)) throw new Refusal('api_cursor_stale')
	return { offset: Number.parseInt(offset, 36), limit }
}

/** How many there are, and the addresses of the pages around this one; null where there is none. */
export function pageLinks({ offset, limit }: Page, total: number, url: URL, loadedAt: Date): { total: number; limit: number; next: string | null; previous: string | null } {
	const at = (to: number) => {
		const target = new URL(url)
		if (to > 0) target.searchParams.set('cursor', `${to.toString(36)}-${stampOf(loadedAt)}`)
		else target.searchParams.delete('cursor')
		return target.href
	}
	return { total, limit, next: offset + limit < total ? at(offset + limit) : null, previous: offset > 0 ? at(Math.max(0, offset - limit)) : null }
}

function stampOf(loadedAt: Date): string {
	return loadedAt.getTime().toString(36)
}
