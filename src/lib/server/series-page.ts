import { error } from '@sveltejs/kit'
import { getSeries, type Actor, type Series } from '#coalition/server'
import { Refusal } from '#database'
import { readingActor } from './coalition-actor.ts'

/** The series of an address; a page that does not exist where the reader may not know of it. */
export async function getSeriesPage(locals: App.Locals, id: string): Promise<{ series: Series; actor: Actor }> {
	const actor = await readingActor(locals)
	try {
		return { series: await getSeries(locals.database, actor, id, new Date()), actor }
	} catch (cause) {
		if (cause instanceof Refusal) error(404)
		throw cause
	}
}
