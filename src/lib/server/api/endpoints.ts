import { z } from 'zod'
import { m } from '#lib/paraglide/messages.js'
import { areaEndpoint, areasEndpoint } from './areas.ts'
import { citationEndpoint, citationsEndpoint } from './citations.ts'
import { defineEndpoint, Raw, type Endpoint } from './endpoint.ts'
import { geographiesEndpoint } from './geographies.ts'
import { indicatorEndpoint, indicatorsEndpoint, indicesEndpoint } from './indicators.ts'
import { languageOf, languageOfAddress, sentenceOf, type Language } from './language.ts'
import { describeInterface } from './openapi.ts'
import { placeEndpoint, placesEndpoint } from './places.ts'
import { name } from './schemas.ts'
import { seriesEndpoint } from './series.ts'

export const indexEndpoint = defineEndpoint({
	address: '/api/v1',
	operation: 'getIndex',
	about: 'api_about_index',
	path: z.object({}),
	query: z.object({}),
	answer: name('ApiIndex', z.object({
		title: z.string(),
		region: z.string(),
		description: z.string().describe('api_field_openapi'),
		documentation: z.string().describe('api_field_documentation'),
		map_services: z.string().describe('api_field_map_services'),
		endpoints: z.array(z.object({ address: z.string(), about: z.string() })),
	})),
	seconds: 300,
	async respond({ locals, url, request }) {
		const page = (to: Language) => new URL(to === 'es' ? '/es/developers' : '/developers', url).href
		// A person with a browser is led to the page for people.
		if (/^\s*text\/html\b/.test(request.headers.get('accept') ?? '')) return new Raw(null, { location: page(languageOf(url, request.headers)), vary: 'accept, accept-language' }, 303)
		const language = languageOfAddress(url)
		return {
			title: m.api_title({}, { locale: language }),
			region: locals.region!.key,
			description: new URL('/api/v1/openapi.json', url).href,
			documentation: page(language),
			map_services: new URL('/ogc', url).href,
			endpoints: endpoints.map(({ address, about }) => ({ address: url.origin + address, about: sentenceOf(about, language) })),
		}
	},
})

export const descriptionEndpoint = defineEndpoint({
	address: '/api/v1/openapi.json',
	operation: 'getDescription',
	about: 'api_about_openapi',
	path: z.object({}),
	query: z.object({}),
	answer: name('OpenApi', z.looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) })),
	seconds: 300,
	async respond({ url }) {
		const language = languageOfAddress(url)
		const [title, about] = [m.api_title({}, { locale: language }), m.api_description({}, { locale: language })]
		return describeInterface(endpoints, { version: '3.1.0', title, about, server: url.origin, language }) as never
	},
})

/** Every endpoint of the programming interface, in the order of its description. */
export const endpoints: readonly Endpoint[] = [
	indexEndpoint, descriptionEndpoint, geographiesEndpoint, placesEndpoint, placeEndpoint, indicatorsEndpoint, indicatorEndpoint, seriesEndpoint, indicesEndpoint,
	citationsEndpoint, citationEndpoint, areasEndpoint, areaEndpoint,
]
