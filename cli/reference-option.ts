import { readFileSync } from 'node:fs'
import { readRegion } from '#atlas/server'
import { Refusal } from '#database'
import { regionFolders } from './regions-folder.ts'
import { systemReason } from './system-reason.ts'

export type Reference = 'all' | 'state' | { has(key: string): boolean }

/**
 * What `--reference` means: a named set, the counties of a region, or a file with one key a line (a first line that is a heading
 * does no harm). Errors: Refusal when the file cannot be read or holds no key.
 */
export function readReference(option: string | undefined, region: string | undefined, ofRecipe: 'all' | 'state' | 'region'): Reference {
	const wanted = option ?? ofRecipe
	if (wanted === 'all' || wanted === 'state') return wanted
	return wanted === 'region' ? readCounties(region ?? 'metro-atlanta') : readKeys(wanted)
}

function readCounties(name: string): Reference {
	const { manifest } = readRegion(regionFolders(), name)
	const counties = new Set(Object.keys(manifest.counties))
	return { has: (key) => counties.has(key.replace(/^\d{7}US/, '').slice(0, 5)) }
}

function readKeys(file: string): Reference {
	let text: string
	try {
		text = readFileSync(file, 'utf8')
	} catch (cause) {
		throw new Refusal('index_reference_unreadable', { file, reason: systemReason(cause) }, { cause })
	}
	const keys = text.replace(/^\ufeff/, '').split(/\r?\n/).map((line) => line.split(/[,;\t]/)[0]!.trim().replace(/^"(.*)"$/, '$1')).filter(Boolean)
	if (keys.length === 0) throw new Refusal('index_reference_empty', { file })
	return new Set(keys)
}
