import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fetchRegion, type FetchRegionOptions } from '../fetch-region.ts'
import { writeNewRegion, type NewRegion } from '../new-region.ts'
import type { CensusServer } from '../../../testing/index.ts'

const both = (text: string) => ({ en: text, es: text })

/** A folder for an administrator's own regions, and that of the regions that come with Throughline. */
export function makeRegionFolders(): [string, string] {
	return [mkdtempSync(join(tmpdir(), 'throughline-own-regions-')), join(import.meta.dirname, '../../../../../regions')]
}

/** Writes the manifest of Delaware for the survey of 2020, with changes. */
export function writeDelaware(folders: [string, string], change: Partial<NewRegion> = {}): string {
	const titles = { counties: both('Counties'), tracts: both('Tracts'), survey: both('Survey'), index: both('Index'), aboutIndex: both('About the index') }
	return writeNewRegion(folders, { key: 'delaware', state: '10', counties: ['003', '001'], vintage: 2020, name: both('Delaware'), aboutOf: () => both('Two counties'), titles, heading: ['A test'], ...change })
}

/** Fetches Delaware without pauses between tries; gives what was reported and the pauses that would have been made. */
export async function fetchDelaware(folders: [string, string], server: Pick<CensusServer, 'api' | 'files'>, more: Partial<FetchRegionOptions> = {}) {
	const steps: { what: string; done: number; total: number; kept: boolean }[] = []
	const waits: number[] = []
	const wait = async (milliseconds: number) => void waits.push(milliseconds)
	const report: FetchRegionOptions['report'] = (step) => void steps.push(step)
	await fetchRegion({ folders, region: 'delaware', api: server.api, files: server.files, wait, report, now: () => new Date('2026-03-01T12:00:00Z'), ...more })
	return { steps, waits }
}
