declare module 'jsonld' {
	interface LoadedDocument { documentUrl: string; contextUrl: null; document: unknown }
	interface CanonizeOptions { algorithm: 'RDFC-1.0'; format: 'application/n-quads'; safe: boolean; documentLoader: (url: string) => Promise<LoadedDocument>; signal?: AbortSignal }
	const jsonld: { canonize(document: unknown, options: CanonizeOptions): Promise<string> }
	export default jsonld
}

declare module '@digitalbazaar/credentials-context' {
	/** Address of a context → the context. */
	export const contexts: Map<string, unknown>
}

declare module '@digitalbazaar/citizenship-context' {
	export const contexts: Map<string, unknown>
}
