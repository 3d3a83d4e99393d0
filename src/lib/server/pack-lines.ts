/** A piece of a pack as lines that people read: texts in one language, lists with a line each, the rest by its words. Undefined stays so. */
export function packLines(value: unknown, language: 'en' | 'es', depth = 0): string[] | undefined {
	if (value === undefined || value === null) return undefined
	if (typeof value !== 'object') return [String(value)]
	if (Array.isArray(value)) return value.flatMap((inner) => indent(packLines(inner, language, depth + 1) ?? [], '– '))
	const words = Object.keys(value)
	const text = value as Record<string, string>
	if (words.length > 0 && words.every((word) => word === 'en' || word === 'es')) return [text[language] ?? text.en ?? text.es!]
	return Object.entries(value).flatMap(([word, inner]) => {
		const lines = inner === false || (Array.isArray(inner) && inner.length === 0) ? undefined : packLines(inner, language, depth + 1)
		if (!lines) return []
		return lines.length === 1 ? [`${word}: ${lines[0]}`] : [`${word}:`, ...indent(lines, '  ')]
	})
}

const indent = (lines: string[], first: string): string[] => lines.map((line, i) => (i === 0 ? first : '  ') + line)
