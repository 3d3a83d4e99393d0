const FORMS = /^\/(commitments|coalition)\/[\w/-]+$/

/**
 * Where somebody goes on who archived a copy: the form of this site that they came from, with what its address held and the number of the copy;
 * the page of promises for any other address.
 */
export function onwardWithFile(to: string, file?: string): string {
	const [path = '', search = ''] = to.split('#')[0]!.split(/\?(.*)/s)
	const known = FORMS.test(path)
	const query = new URLSearchParams(known ? search : '')
	if (file) query.set('file', file)
	const kept = query.size > 0 ? `?${query}` : ''
	return `${known ? path : '/accountability'}${kept}${file ? '#copy' : ''}`
}
