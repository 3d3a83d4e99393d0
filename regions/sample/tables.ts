import { COUNTIES, type SampleTract } from './geographies.ts'
import { AMOUNTS, GROUP_SHARES, SHARES, type AmountModel, type GroupShareModel, type ShareModel } from './indicators.ts'
import { GROUPS, logistic, makeNeighbourhood, type Neighbourhood } from './people.ts'
import { normal, seededRandom } from './random.ts'

const Z90 = 1.645
/** Share of households a five-year survey reaches, and the loss of precision from its clusters. */
const SAMPLED = 0.085
const DESIGN_FACTOR = 1.5
/** People of a group below which the survey keeps its share to itself. */
const FEWEST_OF_A_GROUP = 60
const BASE_YEAR = 2016
const YEARLY_GROWTH = 0.008

type Row = Map<string, string>

/**
 * The sample's survey table of one vintage as CSV text: columns E_ (count), M_ (margin of error, 90 %), EP_ (percent, one decimal),
 * MP_ (its margin) and amounts with their M_. -999 marks what the survey could not say.
 */
export function makeTable(tracts: SampleTract[], tracts2020: SampleTract[], endYear: number): string {
	const rows = tracts.map((tract) => makeRow(tract, tracts2020, endYear))
	const header = [...rows[0]!.keys()]
	return [header, ...rows.map((row) => header.map((name) => row.get(name)!))].map((cells) => cells.map(quote).join(',')).join('\n') + '\n'
}

const quote = (cell: string) => (cell.includes(',') ? `"${cell}"` : cell)

function makeRow(tract: SampleTract, tracts2020: SampleTract[], endYear: number): Row {
	// A tract that was later split is the sum of its halves, so both geographies tell one story.
	const parts = tract.parts.map((part) => makeNeighbourhood(tracts2020[part]!.centre, tracts2020[part]!.geoid))
	const random = seededRandom(`survey ${endYear} ${tract.geoid}`)
	const years = endYear - BASE_YEAR
	const grown = (n: number) => Math.round(n * (1 + YEARLY_GROWTH * years))
	const total = (of: (n: Neighbourhood) => number) => grown(parts.reduce((sum, part) => sum + of(part), 0))
	const universes = { population: total((n) => n.population), households: total((n) => n.households), housingUnits: total((n) => n.housingUnits) }
	const row: Row = new Map([
		['GEOID', tract.geoid],
		['NAME', `${tract.name}, ${tract.county}`],
		['COUNTY', COUNTIES.find(({ name }) => name === tract.county)!.name],
	])
	addCount(row, 'TOTPOP', universes.population, 0.06, random)
	addCount(row, 'HH', universes.households, 0.055, random)
	addCount(row, 'HU', universes.housingUnits, 0.03, random)
	const mean = (of: (n: Neighbourhood) => number) => parts.reduce((sum, part) => sum + of(part) * part.population, 0) / parts.reduce((sum, part) => sum + part.population, 0)
	for (const model of SHARES) addShare(row, model, mean((n) => model.share(n)), universes, years, random)
	addGroups(row, GROUPS.map((group) => mean((n) => n.groups[group])), universes.population, random)
	for (const model of AMOUNTS) addAmount(row, model, mean((n) => model.amount(n)), years, random)
	// A sequence of their own, so that the numbers of everybody stay what they were.
	const asked = seededRandom(`groups ${endYear} ${tract.geoid}`)
	for (const model of GROUP_SHARES) addGroupShare(row, model, asked)
	return row
}

function addCount(row: Row, code: string, value: number, error: number, random: () => number): void {
	const estimate = Math.max(0, Math.round(value * (1 + (error / Z90) * normal(random) * 0.5)))
	row.set(`E_${code}`, String(estimate)).set(`M_${code}`, String(Math.max(8, Math.round(estimate * error * (0.8 + 0.4 * random())))))
}

/** Race and ethnicity: everybody belongs to one group, so the counts sum to the population, and people of color are all but the white. */
function addGroups(row: Row, shares: number[], population: number, random: () => number): void {
	const interviews = Math.max(8, population * SAMPLED)
	const errors = shares.map((share) => DESIGN_FACTOR * Math.sqrt((share * (1 - share)) / interviews))
	const drawn = shares.map((share, i) => Math.max(0, share + errors[i]! * normal(random)))
	const total = drawn.reduce((sum, share) => sum + share, 0)
	const counts = drawn.map((share) => Math.round((share / total) * population))
	counts[0] = population - counts.slice(1).reduce((sum, count) => sum + count, 0)
	const write = (code: string, count: number, error: number) => {
		const margin = count === 0 ? 12 : Math.max(3, Math.round(Z90 * error * population))
		row.set(`E_${code}`, String(count)).set(`M_${code}`, String(margin)).set(`U_${code}`, String(population))
		row.set(`EP_${code}`, ((100 * count) / population).toFixed(1)).set(`MP_${code}`, Math.min(100, (100 * margin) / population).toFixed(1))
	}
	write('MINRTY', population - counts[0]!, errors[0]!)
	GROUPS.forEach((group, i) => write(group, counts[i]!, errors[i]!))
}

function addShare(row: Row, model: ShareModel, share: number, universes: Record<string, number>, years: number, random: () => number): void {
	const universe = Math.round(universes[model.universe]! * model.asked)
	drawShare(row, model.code, universe, logistic(Math.log(share / (1 - share)) + model.trend * years), random)
}

/** The share of a group from the one that everybody in the tract has; the survey says nothing of a group of few people. */
function addGroupShare(row: Row, { code, of, group, apart }: GroupShareModel, random: () => number): void {
	const all = Number(row.get(`E_${of}`)) / Number(row.get(`U_${of}`))
	const universe = Math.round((Number(row.get(`E_${group}`)) * Number(row.get(`U_${of}`))) / Number(row.get('E_TOTPOP')))
	const share = Math.min(0.98, Math.max(0.01, all))
	if (universe >= FEWEST_OF_A_GROUP) return drawShare(row, code, universe, logistic(Math.log(share / (1 - share)) + apart), random)
	for (const column of ['E', 'M', 'U', 'EP', 'MP']) row.set(`${column}_${code}`, '-999')
}

function drawShare(row: Row, code: string, universe: number, changed: number, random: () => number): void {
	const interviews = Math.max(8, universe * SAMPLED)
	const standardError = DESIGN_FACTOR * Math.sqrt((changed * (1 - changed)) / interviews)
	const observed = Math.min(0.995, Math.max(0, changed + standardError * normal(random)))
	const count = Math.round(observed * universe)
	const margin = count === 0 ? 12 : Math.max(3, Math.round(Z90 * standardError * universe))
	const percent = (100 * count) / universe
	row.set(`E_${code}`, String(count)).set(`M_${code}`, String(margin))
	row.set(`U_${code}`, String(universe))
	row.set(`EP_${code}`, percent.toFixed(1)).set(`MP_${code}`, Math.min(100, (100 * margin) / universe).toFixed(1))
}

function addAmount(row: Row, model: AmountModel, amount: number, years: number, random: () => number): void {
	const changed = amount * (1 + model.trend * years)
	// As in a real survey, a median or a rare event is sometimes withheld.
	const withheld = model.error > 0 && random() < 0.012
	const observed = changed * (1 + model.error * normal(random))
	row.set(`E_${model.code}`, withheld ? '-999' : observed.toFixed(model.decimals))
	if (model.error > 0) row.set(`M_${model.code}`, withheld ? '-999' : (Z90 * model.error * changed).toFixed(model.decimals))
}
