/** The fields of an address that say which rows a table holds and in which order; what is empty is left out. */
export function tableQuery({ order, county, name, least, most }: { order: string; county: string; name: string; least: string; most: string }): [string, string][] {
	return Object.entries({ order, county, name, least, most }).filter(([, value]) => value !== '')
}
