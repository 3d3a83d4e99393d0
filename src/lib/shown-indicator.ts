import type { Indicator } from '#atlas/server'

/** What a page of many measures needs to know of each. */
export type ShownIndicator = Pick<Indicator, 'key' | 'domain' | 'name' | 'unit'> & { definition: Pick<Indicator['definition'], 'group' | 'of' | 'among'> }

/** An indicator without its descriptions, which are the longer part of it. */
export function shownIndicator({ key, domain, name, unit, definition: { group, of, among } }: Indicator): ShownIndicator {
	return { key, domain, name, unit, definition: { group, of, among } }
}
