import { error } from '@sveltejs/kit'
import { slugOf } from '#coalition'
import { findResourceFile, getBodyRef, requireMay } from '#coalition/server'
import { Refusal } from '#database'
import { readingActor } from '#lib/server/coalition-actor.ts'
import { serveFile } from '#lib/server/serve-file.ts'
import type { RequestHandler } from './$types'

/** The attachment of a resource, for whoever may read inside its body. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const file = await findResourceFile(locals.database, params.id)
	if (!file) error(404)
	await requireMay(locals.database, await getBodyRef(locals.database, file.body), await readingActor(locals), 'see_inside', new Date()).catch((cause) => {
		if (cause instanceof Refusal) error(404)
		throw cause
	})
	return serveFile(file, `${slugOf(file.title) || 'file'}.${file.kind === 'text' ? 'txt' : file.kind}`)
}
