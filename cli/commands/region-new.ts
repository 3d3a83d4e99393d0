import { parseArgs } from 'node:util'
import { Refusal } from '#database'
import { getMeasures, MEASURES, writeNewRegion } from '#atlas/server'
import type { Command } from '../command.ts'
import { regionFolders } from '../regions-folder.ts'
import { sentence } from '../sentence.ts'

export const regionNewCommand: Command = {
	name: 'region new',
	async run(args) {
		const { values } = parseArgs({
			args,
			options: {
				name: { type: 'string' },
				state: { type: 'string' },
				counties: { type: 'string' },
				vintage: { type: 'string' },
				geography: { type: 'string', default: 'tract' },
				regions: { type: 'string' },
			},
		})
		const key = needed(values.name, 'name')
		const geography = values.geography
		if (geography !== 'tract') throw new Refusal('region_geography_unknown', { geography })
		const file = writeNewRegion(regionFolders(values.regions), {
			key,
			state: needed(values.state, 'state'),
			counties: needed(values.counties, 'counties').split(',').map((county) => county.trim()).filter(Boolean),
			vintage: yearOf(values.vintage),
			name: { en: titleOf(key), es: titleOf(key) },
			aboutOf: (counties, years) => both('region_new_about', { counties, years }),
			titles: {
				counties: both('region_new_counties'), tracts: both('region_new_tracts'), survey: both('region_new_survey'),
				index: both('region_new_index'), aboutIndex: both('region_new_about_index'),
			},
			heading: [sentence('region_new_heading', { key }), sentence('region_new_heading_names')],
		})
		console.log(sentence('region_new_done', { file, key }))
		return 0
	},
}

function needed(value: string | undefined, option: string): string {
	if (value) return value
	throw new Refusal('region_option_missing', { option: `--${option}` })
}

function yearOf(text: string | undefined): number | undefined {
	if (text === undefined || /^\d{4}$/.test(text)) return text === undefined ? undefined : Number(text)
	const { first, last } = getMeasures(MEASURES)
	throw new Refusal('region_vintage_unknown', { vintage: text, first, last })
}

const both = (key: string, parameters: Record<string, string | number> = {}) => ({ en: sentence(key, parameters, 'en'), es: sentence(key, parameters, 'es') })

/** `fulton-dekalb` → `Fulton Dekalb`: something to read until somebody writes the region's own name. */
function titleOf(key: string): string {
	return key.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ')
}
