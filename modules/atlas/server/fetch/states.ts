/** Codes of the states, the District of Columbia and Puerto Rico (FIPS 5-2, ANSI INCITS 38). */
export const STATE_CODES: ReadonlySet<string> = new Set(
	('01 02 04 05 06 08 09 10 11 12 13 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 44 45 46 47 48 49 50 51 53 54 55 56 72').split(' '),
)

const SPANISH: Record<string, string> = {
	'District of Columbia': 'Distrito de Columbia', Hawaii: 'Hawái', Louisiana: 'Luisiana', 'New Mexico': 'Nuevo México', 'New York': 'Nueva York',
	'North Carolina': 'Carolina del Norte', 'North Dakota': 'Dakota del Norte', Pennsylvania: 'Pensilvania', 'South Carolina': 'Carolina del Sur',
	'South Dakota': 'Dakota del Sur', 'West Virginia': 'Virginia Occidental', 'New Jersey': 'Nueva Jersey', 'New Hampshire': 'Nuevo Hampshire', Oregon: 'Oregón',
}

/** The publisher's name of a state, and its Spanish one. */
export function namesOfState(name: string): { en: string; es: string } {
	return { en: name, es: SPANISH[name] ?? name }
}
