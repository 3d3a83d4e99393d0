export type RefusalParameters = Record<string, string | number>

/** Whether an error means that the disk has no room: the system's ENOSPC, or PostgreSQL's 53100. */
export function isDiskFull(cause: unknown): boolean {
	return ['ENOSPC', '53100'].includes((cause as { code?: string } | undefined)?.code ?? '')
}

/**
 * A typed reason why something was not done, with the parameters of its sentence.
 * `messages/{en,es}.json` holds the sentence under `error_<code>`; the command line and the web render it.
 */
export class Refusal extends Error {
	readonly code: string
	readonly parameters: RefusalParameters

	constructor(code: string, parameters: RefusalParameters = {}, options?: ErrorOptions) {
		super(`${code} ${JSON.stringify(parameters)}`, options)
		this.name = 'Refusal'
		this.code = code
		this.parameters = parameters
	}
}
