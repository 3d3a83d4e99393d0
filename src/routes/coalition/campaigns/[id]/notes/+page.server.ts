import { countCanvass, listNotes, strikeNote, writeCanvassNote } from '#coalition/server'
import { getCampaignWork, namesOfPlaces } from '#lib/server/campaign-page.ts'
import { act } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
	const { campaign, body, actor, can, open } = await getCampaignWork(event, 'write_canvass_note', 'run_campaign')
	const { database } = event.locals
	const [notes, totals, names] = await Promise.all([listNotes(database, actor, campaign.id), countCanvass(database, campaign.id), namesOfPlaces(event.locals, campaign)])
	return {
		campaign, body, totals, today: new Date().toISOString().slice(0, 10), mayWrite: can('write_canvass_note') && open,
		notes: notes.map((note) => ({ ...note, place: note.geoid && (names.get(note.geoid)?.name ?? note.geoid), mayStrike: open && (note.own || can('run_campaign')) })),
	}
}

const here = (id: string) => `/coalition/campaigns/${id}/notes`

export const actions: Actions = {
	write: (event) => act(event, (writer, actor, { place = '', day = '', doors = '', contacts = '', answers = '', heard = '' }, now) => writeCanvassNote(writer, actor, event.params.id, { place, day, doors, contacts, answers, heard }, now), () => here(event.params.id)),
	strike: (event) => act(event, (writer, actor, given, now) => strikeNote(writer, actor, event.params.id, given.note ?? '', now), () => here(event.params.id)),
}
