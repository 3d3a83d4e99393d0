import { DOMAINS } from '#atlas'
import { findGeography, makeArea } from '#atlas/server'
import { PRESETS, readRules, type BodyKind } from '#coalition'
import { foundBody } from '#coalition/server'
import { Refusal } from '#database'
import { act } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, url }) => ({
	kind: (url.searchParams.get('kind') ?? 'issue_circle') in PRESETS ? ((url.searchParams.get('kind') ?? 'issue_circle') as BodyKind) : ('issue_circle' as const),
	counties: Object.entries(locals.region!.counties).map(([geoid, name]) => ({ geoid, name })),
	topics: [...DOMAINS],
	mayFound: locals.account?.administrator ?? false,
})

export const actions: Actions = {
	default: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { region, account } = event.locals
			const preset = PRESETS[given.kind as BodyKind]
			if (!preset) throw new Refusal('body_kind_unknown', { kind: (given.kind ?? '').slice(0, 40) })
			const { rules } = readRules({}, preset.rules)
			let area = given.area?.trim() || undefined
			if (given.kind === 'equity_hub' && !area && given.county) {
				const geography = (await findGeography(writer, region!.mainGeography))!
				const geoids = (geography.byCounty.get(given.county) ?? []).map((ordinal) => geography.places[ordinal]!).filter(({ inRegion }) => inRegion).map(({ geoid }) => geoid)
				area = await makeArea(writer, account!.id, geography, { name: region!.counties[given.county] ?? given.county, content: { geoids } }, now)
			}
			const topic = DOMAINS.find((domain) => domain === given.topic)
			return foundBody(writer, actor, { kind: given.kind!, name: given.name ?? '', visibility: given.visibility ?? preset.visibility, aim: given.aim ?? '', domain: given.domain ?? '', agreements: given.agreements ?? '', rules, area, topic, lead: actor.person! }, now)
		}, ({ slug }) => `/coalition/${slug}`),
}
