import { contexts as credentials } from '@digitalbazaar/credentials-context'

/** The JSON-LD context of version 2 of the data model. https://www.w3.org/TR/vc-data-model-2.0/#base-context */
export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2'

/** A document names a context that is not bundled: nothing is ever fetched. */
export class UnknownContext extends Error {
	readonly url: string
	constructor(url: string) {
		super(`the context ${url} is not bundled`)
		this.url = url
	}
}

export type Contexts = ReadonlyMap<string, unknown>

/** The contexts that every check knows. */
export const BUNDLED: Contexts = new Map([[CREDENTIALS_V2, credentials.get(CREDENTIALS_V2)]])

/** Gives bundled contexts and those of the caller. Errors: `UnknownContext`. */
export function contextLoader(more: Contexts = new Map()) {
	return async (url: string) => {
		const document = BUNDLED.get(url) ?? more.get(url)
		if (!document) throw new UnknownContext(url)
		return { documentUrl: url, contextUrl: null, document }
	}
}
