import type { Cookies } from '@sveltejs/kit'

/** Hands `Set-Cookie` values of the account library to SvelteKit, which alone writes the headers of a form's answer. */
export function applyCookies(cookies: Cookies, values: readonly string[]): void {
	for (const value of values) {
		const [pair, ...attributes] = value.split(';').map((part) => part.trim())
		const [name, content] = splitOnce(pair!)
		const given = new Map(attributes.map((attribute) => splitOnce(attribute)).map(([key, text]) => [key.toLowerCase(), text]))
		cookies.set(name, content, {
			path: given.get('path') || '/',
			maxAge: given.has('max-age') ? Number(given.get('max-age')) : undefined,
			httpOnly: given.has('httponly'),
			secure: given.has('secure'),
			sameSite: (given.get('samesite')?.toLowerCase() as 'lax' | 'strict' | 'none' | undefined) ?? 'lax',
			encode: (text) => text,
		})
	}
}

function splitOnce(text: string): [string, string] {
	const at = text.indexOf('=')
	return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
