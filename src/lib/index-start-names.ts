import { m } from '#lib/paraglide/messages.js'

const names: Record<string, () => string> = { vulnerability: m.indices_start_vulnerability, 'nine-classes': m.indices_start_nine_classes, opportunity: m.indices_start_opportunity }

/** What a starting point of the builder is called. */
export function indexStartName(key: string): string {
	return names[key]?.() ?? key
}
