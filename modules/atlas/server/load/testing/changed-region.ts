import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { makeSampleFiles } from '../../../../../regions/sample/index.ts'
import { readRegion } from '../manifest.ts'

export interface Manifest {
	sources: { key: string; file: string; sha256: string; table?: { key: string; geography: string } }[]
	[key: string]: unknown
}

/** One thing that is different from the sample region; `checksums: false` leaves the pinned checksums as they were. */
export interface Change {
	table?: (csv: string) => string
	boundaries?: (json: string) => string
	manifest?: (manifest: Manifest) => void
	checksums?: false
}

export const REGIONS = join(import.meta.dirname, '../../../../../regions')

/** A folder for changed regions: manifests and source files together. */
export function makeRegionFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'throughline-regions-'))
	cpSync(join(REGIONS, 'indicators.yml'), join(folder, 'indicators.yml'))
	return folder
}

/** Writes the sample as the region `changed`, made of files, with one change. */
export function writeChangedRegion(folder: string, { table = (csv) => csv, boundaries = (json) => json, manifest: change, checksums }: Change): void {
	const copy = structuredClone({ ...readRegion(REGIONS, 'sample').manifest, key: 'changed', generated: false }) as unknown as Manifest
	for (const [name, text] of makeSampleFiles()) {
		const changed = name === 'sample-survey-2024.csv' ? table(text) : name === 'sample-tracts-2020.geojson' ? boundaries(text) : text
		writeFileSync(join(folder, name), changed)
		if (checksums !== false) copy.sources.find(({ file }) => file === name)!.sha256 = createHash('sha256').update(changed).digest('hex')
	}
	change?.(copy)
	writeFileSync(join(folder, 'changed.yml'), stringify(copy))
}
