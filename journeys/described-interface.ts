import { z } from 'zod'

type Json = Record<string, unknown>
interface Parameter {
	name: string
	in: 'path' | 'query'
	required: boolean
	description: string
	style: string
	explode: boolean
	schema: Json
}
export interface Operation {
	operationId: string
	summary: string
	parameters: Parameter[]
	responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>
}
export interface Interface {
	openapi: string
	servers: { url: string }[]
	paths: Record<string, { get: Operation }>
	components: { schemas: Record<string, Json> }
}

/** The description that a server gives of itself. */
export async function readInterface(address: string): Promise<Interface> {
	return (await (await fetch(address)).json()) as Interface
}

/** What is wrong with an answer by the schema of its description, which also names every property that there is; empty when nothing is. */
export function faultsOf({ components }: Interface, schema: Json, answer: unknown): string[] {
	const inPlace = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('#/components/schemas/', '#/$defs/'))
	const strict = z.fromJSONSchema({ ...(inPlace(closed(schema)) as Json), $defs: inPlace(closed(components.schemas)) as Json } as never)
	return (strict.safeParse(answer).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

/** A schema that allows only the properties it names, and null where OpenAPI 3.0 says nullable. */
function closed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(closed)
	if (typeof value !== 'object' || value === null) return value
	const { nullable, ...rest } = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, closed(inner)])) as Json
	const open = rest.type === 'object' && rest.additionalProperties === undefined ? { ...rest, additionalProperties: false } : rest
	return nullable === true ? { anyOf: [open, { type: 'null' }] } : open
}
