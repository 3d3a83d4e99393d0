import { setTimeout as pause } from 'node:timers/promises'

/** What the interactive map reads; the journeys know places and values by it. */
export interface Values {
	geography: string
	geoids: string[]
	names: string[]
	counties: string[]
	values: (number | null)[]
	margins: (number | null)[]
	unreliable: number[]
}

export async function readValues(url: string, indicator: string, query = ''): Promise<Values> {
	const answer = await fetch(`${url}/indicators/${indicator}/values.json${query}`)
	if (!answer.ok) throw new Error(`${answer.status} for ${answer.url}`)
	return (await answer.json()) as Values
}

/** Cites a number as a form without script does it; returns the path of the citation. */
export async function cite(url: string, place: string, indicator: string): Promise<string> {
	const [geography, geoid] = place.split('/').slice(-2) as [string, string]
	const answer = await fetch(`${url}/citations?/cite`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html' },
		body: new URLSearchParams({ kind: 'number', indicator, geography, geoid }),
	})
	const to = answer.headers.get('location')
	if (answer.status !== 303 || !to) throw new Error(`citing was answered with ${answer.status}`)
	return new URL(to, url).pathname
}

/** Makes an area of whole places as a form without script does it; returns its id. */
export async function makeArea(url: string, name: string, geoids: readonly string[]): Promise<string> {
	const form = new FormData()
	form.set('name', name)
	form.set('geoids', geoids.join(' '))
	const answer = await fetch(`${url}/areas/new?/make`, { method: 'POST', redirect: 'manual', headers: { origin: url, accept: 'text/html' }, body: form })
	const to = answer.headers.get('location')
	if (answer.status !== 303 || !to) throw new Error(`making an area was answered with ${answer.status}`)
	return to.split('/').at(-1)!
}

/** The path of the first record of a kind that a page leads to; the sample's bodies are made after the region was loaded. */
async function findPath(url: string, page: string, path: RegExp): Promise<string> {
	for (const until = Date.now() + 30_000; ; ) {
		const found = path.exec(await (await fetch(url + page)).text())
		if (found) return found[0]
		if (Date.now() > until) throw new Error(`${page} of the sample region leads to no ${path.source}`)
		await pause(200)
	}
}

/** Sample convenings: one that comes, one that was held, and an RSVP as a form without script makes it. */
async function findSampleConvenings(url: string): Promise<Record<string, string>> {
	const list = await (await fetch(`${url}/convenings`)).text()
	const [coming, held] = ['What does your rent leave you', 'Repairs: who owes'].map((title) => new RegExp(`"(/convenings/g-[a-z0-9]+)"[^>]*>${title}`).exec(list)?.[1])
	if (!coming || !held) throw new Error('the sample region has no convenings')
	const answer = await fetch(`${url}${coming}?/come`, { method: 'POST', redirect: 'manual', headers: { origin: url, accept: 'text/html' }, body: new URLSearchParams({ name: 'Sam Reader' }) })
	const to = answer.headers.get('location')
	if (answer.status !== 303 || !to) throw new Error(`an RSVP was answered with ${answer.status}`)
	const series = /"(\/convenings\/series\/q-[a-z0-9]+)"/.exec(list)?.[1]
	if (!series) throw new Error('the sample region has no series of convenings')
	const dates = [...new Set((await (await fetch(`${url}${series}`)).text()).match(/date-g-[a-z0-9]+/g))].slice(0, 2)
	const several = await fetch(`${url}${series}?/come`, { method: 'POST', redirect: 'manual', headers: { origin: url, accept: 'text/html' }, body: new URLSearchParams({ name: 'Sam Reader', ...Object.fromEntries(dates.map((name) => [name, 'on'])) }) })
	return { 'convening-series': series, 'convening-series-rsvp': new URL(several.headers.get('location')!, url).pathname, convening: coming, 'convening-held': held, 'room-answer': `${coming}/who`, 'room-results': `${held}/who/results`, 'convening-rsvp': new URL(to, url).pathname }
}

/** The page of a sample comment, which only whoever is signed in is led to. */
async function findComment(url: string): Promise<string> {
	const goal = await findPath(url, '/coalition/housing-circle/agenda', /\/coalition\/goals\/[a-z0-9-]+/)
	const id = /id="(o-[a-z0-9]+)"/.exec(await (await fetch(url + goal)).text())?.[1]
	if (!id) throw new Error('the goal of the sample region has no comment')
	return `/coalition/comments/${id}`
}

/** Sample decisions: one in its round, one adopted with an objection integrated, one by ballot. */
async function findSampleDecisions(url: string): Promise<Record<string, string>> {
	const of = async (slug: string) => (await (await fetch(`${url}/coalition/${slug}/decisions`)).text()).match(/\/coalition\/decisions\/d-[a-z0-9]+/g) ?? []
	const [housing, hub] = [await of('housing-circle'), await of('brightwater-hub')]
	return { decisions: '/coalition/housing-circle/decisions', 'decision-new': '/coalition/housing-circle/decisions/new', 'decision-round': hub[0]!, 'decision-ballot': housing[0]!, 'decision-adopted': housing.at(-1)! }
}

/** Sample campaigns: a complete count with goals by place, and a plan with its comments. */
async function findSampleCampaigns(url: string): Promise<Record<string, string>> {
	const list = await (await fetch(`${url}/coalition/brightwater-hub/campaigns`)).text()
	const [count, plan] = ['Brightwater counts', 'The old cannery'].map((title) => new RegExp(`"(/coalition/campaigns/ca-[a-z0-9]+)"[^>]*>${title}`).exec(list)?.[1])
	if (!count || !plan) throw new Error('the sample region has no campaigns')
	return { campaigns: '/coalition/brightwater-hub/campaigns', campaign: count, 'campaign-plan': plan, 'campaign-comments': `${plan}/comments` }
}

/** Sample roles, and the shifts of a code as a form without script takes them. */
async function findSampleVolunteering(url: string): Promise<Record<string, string>> {
	const role = await findPath(url, '/coalition/brightwater-hub/take-part', /\/volunteering\/vr-[a-z0-9]+/)
	const shift = /name="(shift-sh-[a-z0-9]+)"/.exec(await (await fetch(url + role)).text())?.[1]
	if (!shift) throw new Error('the role of the sample region has no shift')
	const answer = await fetch(`${url}${role}?/take`, { method: 'POST', redirect: 'manual', headers: { origin: url, accept: 'text/html' }, body: new URLSearchParams({ name: 'Sam Reader', contact: '404 555 0142', [shift]: 'on' }) })
	const to = answer.headers.get('location')
	if (answer.status !== 303 || !to) throw new Error(`taking a shift was answered with ${answer.status}`)
	return { volunteering: '/volunteering', 'volunteer-role': role, 'volunteer-shifts': new URL(to, url).pathname }
}

/** One path for every kind of page that a loaded region has. */
export async function listPages(url: string): Promise<Record<string, string>> {
	const { geography, geoids } = await readValues(url, 'low-income')
	const place = `/places/${geography}/${geoids[Math.floor(geoids.length / 2)]}`
	return {
		home: '/',
		indicators: '/indicators',
		map: '/indicators/low-income',
		'map-change': '/indicators/low-income?compare=2016–2020',
		'map-diverging': '/indicators/low-income?ramp=diverging&count=7&show=1,5',
		'map-pair': '/indicators/low-income?with=cost-burden',
		'map-beside': '/indicators/low-income/beside/cost-burden',
		'map-index': '/indicators/svi-2022',
		places: '/places',
		'places-found': '/places?q=brightwater',
		'places-named': '/places?name=westside-neighborhood',
		'places-none': '/places?q=nowhere',
		profile: place,
		citation: await cite(url, place, 'low-income'),
		standards: '/standards',
		standard: '/standards/good-neighbors/1.0',
		'standard-practice': '/standards/just-communities/1.0',
		'standard-check': '/standards/check?begin=good-neighbors/1.0',
		'credential-check': '/credentials/check',
		areas: '/areas',
		area: `/areas/${await makeArea(url, 'Middle of the region', geoids.slice(100, 106))}`,
		'area-new': '/areas/new?county=99001',
		indices: '/indices',
		'index-build': '/indices/build?use=low-income&use=cost-burden&use=life-expectancy',
		'index-text': '/indices/text?use=low-income&use=cost-burden',
		'index-compare': '/indices/compare?a=region:svi-2022&b=region:ipd',
		coalition: '/coalition',
		'body-new': '/coalition/new?kind=equity_hub',
		hub: '/coalition/brightwater-hub',
		'body-convenings': '/coalition/brightwater-hub/convenings',
		actions: '/coalition/brightwater-hub/actions',
		charter: '/coalition/housing-circle/charter',
		link: await findPath(url, '/coalition/brightwater-hub', /\/coalition\/links\/[a-z0-9-]+/),
		agenda: '/coalition/housing-circle/agenda',
		goal: await findPath(url, '/coalition/housing-circle/agenda', /\/coalition\/goals\/[a-z0-9-]+/),
		library: '/coalition/housing-circle/library',
		resource: await findPath(url, '/coalition/housing-circle/library', /\/coalition\/resources\/f-[a-z0-9]+/),
		question: await findPath(url, '/coalition/housing-circle/library', /\/coalition\/questions\/k-[a-z0-9]+/),
		search: '/coalition/search?q=repairs',
		'search-none': '/coalition/search?q=lanlord',
		comment: await findComment(url),
		accountability: '/accountability',
		'public-body': '/accountability/brightwater-county-commission',
		'office-write': await findPath(url, '/accountability/brightwater-county-commission', /\/accountability\/offices\/of-[a-z0-9]+/),
		term: await findPath(url, '/accountability/brightwater-county-commission', /\/accountability\/terms\/[a-z0-9-]+/),
		commitment: await findPath(url, '/accountability', /\/commitments\/[a-z0-9-]+(?=")/),
		'body-accountability': '/coalition/housing-circle/accountability',
		'take-part': '/coalition/brightwater-hub/take-part',
		...(await findSampleVolunteering(url)),
		'body-statements': '/coalition/housing-circle/statements',
		statement: await findPath(url, '/coalition/housing-circle/statements', /\/statements\/st-[a-z0-9]+/),
		uptakes: '/coalition/housing-circle/uptake',
		uptake: await findPath(url, '/coalition/housing-circle/uptake', /\/uptake\/up-[a-z0-9]+/),
		responses: '/response',
		response: await findPath(url, '/response', /\/response\/rc-[a-z0-9]+/),
		convenings: '/convenings',
		...(await findSampleConvenings(url)),
		'room-year': '/coalition/brightwater-hub/room',
		capacity: '/coalition/brightwater-hub/capacity',
		survey: '/coalition/jobs-and-pay-circle/capacity/survey',
		'survey-code': '/survey',
		'capacity-all': '/capacity?by=quarter',
		network: '/network?tie=body&tie=statement&tie=exchange',
		...(await findSampleDecisions(url)),
		...(await findSampleCampaigns(url)),
		citations: '/citations',
		'citation-new': `/citations/new?indicator=low-income&geography=${geography}&geoid=${place.split('/').at(-1)}`,
		'citation-embed': `/embed${await cite(url, place, 'cost-burden')}`,
		sources: '/sources',
		developers: '/developers',
		data: '/data',
		method: '/methods/svi',
		'sign-in': '/sign-in',
		'sign-in-link': '/sign-in/link?token=none',
		welcome: '/welcome?token=none',
		missing: '/nothing-here',
	}
}
