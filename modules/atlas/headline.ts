/** What a page opens with when it shows one measure: the first of these that there is. */
const HEADLINES = ['low-income', 'cost-burden', 'far-from-food']

/** The key of the measure that stands for a place or region where there is room for one; undefined when there is no measure at all. */
export function headlineOf(keys: readonly string[]): string | undefined {
	return HEADLINES.find((key) => keys.includes(key)) ?? keys[0]
}
