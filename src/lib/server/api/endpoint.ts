import type { RequestEvent } from '@sveltejs/kit'
import type { z } from 'zod'

/** What somebody asked an endpoint for, checked. */
export interface Asked<Path, Query> {
	path: Path
	query: Query
	locals: App.Locals
	/** The address asked, with its query. */
	url: URL
	request: Request
}

/** A finished answer that is not JSON from one piece: a stream, or bytes. */
export class Raw {
	readonly body: BodyInit | null
	readonly headers: Record<string, string>
	readonly status: number

	constructor(body: BodyInit | null, headers: Record<string, string>, status = 200) {
		this.body = body
		this.headers = headers
		this.status = status
	}
}

/** One address of the programming interface: what it takes, what it answers, and how. Texts are keys of messages. */
export interface Endpoint<Path extends z.ZodObject = z.ZodObject, Query extends z.ZodObject = z.ZodObject, Answer extends z.ZodType = z.ZodType> {
	/** As in OpenAPI: `/api/v1/places/{geography}/{geoid}`. */
	address: string
	operation: string
	about: string
	path: Path
	query: Query
	answer: Answer
	/** Media type of the answer; JSON unless it says otherwise. */
	type?: string
	/** Rows of the CSV that a collection is offered as, header first. */
	table?: (answer: z.output<Answer>) => string[][]
	/** How long an answer may be kept, in seconds. */
	seconds: number
	/** Whether requests count towards the limit of their address. */
	unlimited?: boolean
	respond(asked: Asked<z.output<Path>, z.output<Query>>): Promise<z.output<Answer> | Raw | Response>
}

/** Checks that the parts of an endpoint fit together, and forgets their types so that endpoints stand in one list. */
export function defineEndpoint<Path extends z.ZodObject, Query extends z.ZodObject, Answer extends z.ZodType>(endpoint: Endpoint<Path, Query, Answer>): Endpoint {
	return endpoint as unknown as Endpoint
}

export type ApiEvent = Pick<RequestEvent, 'url' | 'params' | 'locals' | 'request' | 'getClientAddress'>
