export type ReadRefusalParameters = Record<string, string | number>

/**
 * A typed reason why a file was not read: `code` names the sentence `error_<code>` in `messages/{en,es}`,
 * `parameters` are its file, row (the header is row 1), column and value.
 */
export class ReadRefusal extends Error {
	readonly code: string
	readonly parameters: ReadRefusalParameters

	constructor(code: string, parameters: ReadRefusalParameters = {}, options?: ErrorOptions) {
		super(`${code} ${JSON.stringify(parameters)}`, options)
		this.name = 'ReadRefusal'
		this.code = code
		this.parameters = parameters
	}
}

/** The text of a cell as a sentence may show it: one line, at most 60 characters. */
export function shownValue(value: unknown): string {
	const text = String(value).replace(/\s+/g, ' ')
	return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

/** A list of names as a sentence may show it: at most 40 of them. */
export function shownList(names: readonly string[]): string {
	return names.length > 40 ? `${names.slice(0, 40).join(', ')}, … (${names.length})` : names.join(', ')
}
