import { redirect } from '@sveltejs/kit'
import { chooseBoundaries, getDrawingSize, listFindings, publishImport, takeBadCellsAsMissing } from '#atlas/server'
import { betterFit, fitShare } from '#atlas'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { listBoundaries } from '#lib/server/import-facts.ts'
import { answerImport, getOwnImport, headOf } from '#lib/server/import-page.ts'
import { getPreview, nameSeries } from '#lib/server/import-preview.ts'
import { text } from '#lib/server/answer-form.ts'
import type { Actions, PageServerLoad } from './$types'

const FIRST_FINDINGS = 25
const FIRST_ROWS = 5

export const load: PageServerLoad = async (event) => {
	const view = await getOwnImport(event)
	const { planned, checked } = view.steps
	if (['published', 'withdrawn', 'set_aside', 'reading', 'describe', 'failed'].includes(view.standing)) redirect(303, localizeHref(`/data/${view.id}`))
	const head = headOf(view)
	if (!view.fresh) return { head, ready: false as const }
	const { uses, description, badCellsAreMissing } = planned!.content
	if (uses.length === 0) redirect(303, localizeHref(`/data/${view.id}/columns`))
	const { database } = event.locals
	const shown = Math.min(uses.length - 1, Math.max(0, Number.parseInt(event.url.searchParams.get('series') ?? '0', 10) || 0))
	const check = checked!.content
	const [{ view: map, all }, findings, boundaries] = await Promise.all([getPreview(database, view.id, shown), listFindings(database, view.id, FIRST_FINDINGS), listBoundaries(database)])
	const yearOf = (key: string) => boundaries.find((one) => one.key === key)?.year ?? 0
	const better = betterFit(check.fits, description.geography)
	const own = check.fits.find(({ geography }) => geography === description.geography)
	const rows = map?.geography.regional.filter((ordinal) => !Number.isNaN(map.series.estimates[ordinal]!)).slice(0, FIRST_ROWS) ?? []
	return {
		head, ready: true as const, shown, check, findings, badCellsAreMissing,
		description, year: yearOf(description.geography),
		better: better && { key: better.geography, year: yearOf(better.geography), share: fitShare(better), own: own ? fitShare(own) : 0 },
		series: (await nameSeries(database, all)).map((one, i) => ({ ...one, ...check.series[i]! })),
		map: map && {
			indicator: map.indicator, decimals: map.series.decimals, hasMargins: map.series.margins !== null, hash: map.series.hash,
			legend: map.legend, summary: map.summary, size: await getDrawingSize(database, map.geography.key),
			rows: rows.map((ordinal) => ({ name: map.geography.places[ordinal]!.name, county: map.geography.places[ordinal]!.countyName, estimate: map.series.estimates[ordinal]!, margin: map.series.margins?.[ordinal] ?? NaN })),
		},
	}
}

export const actions: Actions = {
	missing: (event) => answerImport(event, `/data/${event.params.id}/preview`, (writer, actor, fields) => takeBadCellsAsMissing(writer, event.params.id, actor, text(fields, 'missing') === 'yes', new Date())),
	boundaries: (event) => answerImport(event, `/data/${event.params.id}/preview`, (writer, actor, fields) => chooseBoundaries(writer, event.params.id, actor, text(fields, 'geography'), new Date())),
	publish: (event) => answerImport(event, `/data/${event.params.id}`, (writer, actor) => publishImport(writer, event.params.id, actor, new Date())),
}
