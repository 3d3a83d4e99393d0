const answers = new WeakMap<object, Map<string, Promise<unknown>>>()

/** What was asked under this name during one request, asked once: a layout and its page often want the same. */
export function ofThisRequest<T>(request: object, name: string, ask: () => Promise<T>): Promise<T> {
	const known = answers.get(request) ?? new Map<string, Promise<unknown>>()
	answers.set(request, known)
	const answer = (known.get(name) as Promise<T> | undefined) ?? ask()
	known.set(name, answer)
	return answer
}
