import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { sentenceOf, type Language } from './language.ts'
import { named, Problem } from './schemas.ts'

type Json = Record<string, unknown>

export interface Description {
	version: '3.0.3' | '3.1.0'
	title: string
	about: string
	/** Where the addresses begin, such as `http://localhost:3000`. */
	server: string
	/** Left away from the addresses of endpoints, because it is part of `server`. */
	root?: string
	language: Language
}

/** The OpenAPI description of endpoints, made from the very schemas that check what is asked and say what is answered. */
export function describeInterface(endpoints: readonly Endpoint[], description: Description): Json {
	const { version, title, about, server, root = '', language } = description
	const target = version === '3.0.3' ? 'openapi-3.0' : 'draft-2020-12'
	const paths = endpoints.map((endpoint) => [endpoint.address.slice(root.length) || '/', { get: describeEndpoint(endpoint, target, language) }])
	return {
		openapi: version,
		info: { title, version: '1.0.0', description: about, license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' } },
		servers: [{ url: server }],
		paths: Object.fromEntries(paths),
		components: { schemas: describeNamed(endpoints, target, language) },
	}
}

type Target = 'openapi-3.0' | 'draft-2020-12'

function describeEndpoint(endpoint: Endpoint, target: Target, language: Language): Json {
	const { operation, about, path, query, answer, type = 'application/json', table } = endpoint
	const parameters = [
		...Object.entries(path.shape).map(([name, schema]) => describeParameter(name, 'path', schema as z.ZodType, target, language)),
		...Object.entries(query.shape).map(([name, schema]) => describeParameter(name, 'query', schema as z.ZodType, target, language)),
	]
	const problem = (status: number) => ({ description: sentenceOf(`api_status_${status}`, language), content: { 'application/problem+json': { schema: reference(Problem) } } })
	const statuses = [400, ...(Object.keys(path.shape).length > 0 ? [404] : []), ...(endpoint.unlimited ? [] : [429]), 500, 503]
	return {
		operationId: operation,
		summary: sentenceOf(about, language),
		parameters,
		responses: {
			200: { description: sentenceOf('api_status_200', language), content: { [type]: { schema: reference(answer) }, ...(table ? { 'text/csv': { schema: { type: 'string' } } } : {}) } },
			304: { description: sentenceOf('api_status_304', language) },
			...Object.fromEntries(statuses.map((status) => [status, problem(status)])),
		},
	}
}

function describeParameter(name: string, place: 'path' | 'query', schema: z.ZodType, target: Target, language: Language): Json {
	const { description, $schema: _, ...shape } = z.toJSONSchema(schema, { target, io: 'output', unrepresentable: 'any' }) as Json
	const required = place === 'path' || !schema.safeParse(undefined).success
	const form = place === 'path' ? 'simple' : 'form'
	return { name, in: place, required, description: sentenceOf(String(description ?? ''), language), style: form, explode: false, schema: shape }
}

function reference(schema: z.ZodType): Json {
	const id = named.get(schema)?.id
	if (id) return { $ref: `#/components/schemas/${id}` }
	// Bytes, such as a tile.
	return { type: 'string', format: 'binary' }
}

/** The named schemas that these endpoints use, directly or through others. */
function describeNamed(endpoints: readonly Endpoint[], target: Target, language: Language): Json {
	const { schemas } = z.toJSONSchema(named, { target, io: 'input', uri: (id) => `#/components/schemas/${id}` }) as { schemas: Record<string, Json> }
	const used = new Set<string>()
	const use = (id: string) => {
		if (used.has(id) || !schemas[id]) return
		used.add(id)
		for (const [, inner] of JSON.stringify(schemas[id]).matchAll(/#\/components\/schemas\/(\w+)"/g)) use(inner!)
	}
	for (const { answer } of endpoints) use(named.get(answer)?.id ?? '')
	use('Problem')
	return Object.fromEntries([...used].sort().map((id) => [id, translate(schemas[id]!, language)]))
}

/** Without the keys that only mark a schema file, and with sentences in place of their keys. */
function translate(schema: Json, language: Language): Json {
	const text = JSON.stringify(schema, (key, value: unknown) => {
		if (key === '$schema' || key === '$id') return undefined
		return key === 'description' && typeof value === 'string' ? sentenceOf(value, language) : value
	})
	return JSON.parse(text) as Json
}
