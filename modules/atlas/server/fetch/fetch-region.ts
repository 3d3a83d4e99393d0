import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readShapefile } from '@throughline/geo'
import { Refusal } from '#database'
import { readManifestFile, type OpenManifest, type RegionFolders } from '../load/manifest.ts'
import { getMeasures } from '../load/measures.ts'
import { askedOf, readLock, writeLock, type RegionLock } from '../load/region-lock.ts'
import { joinAnswers, planRequests } from './census-api.ts'
import { getAddress, hashOf, type GetOptions } from './get-address.ts'
import { namesOfState } from './states.ts'

export interface FetchRegionOptions extends GetOptions {
	folders: RegionFolders
	region: string
	/** Addresses without a slash at the end: of the Census Data API, and of the folder with boundary files. */
	api: string
	files: string
	now: () => Date
	/** Told of every answer and file, in order; `kept` when it was there already. */
	report: (step: { what: string; done: number; total: number; kept: boolean; bytes: number }) => void
}

type OpenSource = OpenManifest['sources'][number]

/** One file or answer to get: where it is kept and where it comes from. */
interface Step {
	source: OpenSource
	path: string
	address: string
	kind: 'json' | 'zip'
}

/**
 * Fetches what a region's manifest asks for into the folder beside it and pins the SHA-256 of every file in its lock. What is there with
 * the pinned hash is kept, so that a second run goes on where the first one stopped, whatever stopped it.
 * Errors: those of `getAddress`; `region_unknown`, `region_nothing_to_fetch`, `fetch_county_unknown`, `fetch_not_written`.
 */
export async function fetchRegion(options: FetchRegionOptions): Promise<void> {
	const { folder, manifest } = readManifestFile(options.folders, options.region)
	const sources = manifest.sources.filter((source) => source.fetch)
	if (sources.length === 0) throw new Refusal('region_nothing_to_fetch', { region: options.region })
	const run = new FetchRun(options, folder, manifest)
	await run.fetchAll(sources)
}

class FetchRun {
	private readonly options: FetchRegionOptions
	private readonly folder: string
	private readonly manifest: OpenManifest
	private readonly lock: RegionLock
	private done = 0
	private total = 0

	constructor(options: FetchRegionOptions, folder: string, manifest: OpenManifest) {
		this.options = options
		this.folder = folder
		this.manifest = manifest
		this.lock = readLock(folder, options.region)
	}

	async fetchAll(sources: OpenSource[]): Promise<void> {
		const plans = sources.map((source) => ({ source, steps: this.stepsOf(source) }))
		this.total = plans.reduce((sum, { steps }) => sum + steps.length, 0)
		for (const { source, steps } of plans) {
			if (this.isKept(source)) steps.forEach((step) => this.tell(step, true, 0))
			else if ('file' in source.fetch!) await this.fetchFile(source, steps[0]!)
			else await this.fetchSurvey(source, steps)
			if (source.kind === 'geography') this.takeNames(source)
		}
	}

	private stepsOf(source: OpenSource): Step[] {
		const asked = source.fetch!
		if ('file' in asked) return [{ source, path: this.pathOf(source.file), address: `${this.options.files}/${asked.file}`, kind: 'zip' }]
		const requests = planRequests(this.options.api, asked, getMeasures(source.table!.measures!).stems)
		return requests.map(({ address }) => ({ source, path: this.pathOf(join('answers', `${hashOf(address).slice(0, 16)}.json`)), address, kind: 'json' }))
	}

	private pathOf(file: string): string {
		return join(this.folder, this.options.region, file)
	}

	private isKept(source: OpenSource): boolean {
		const locked = this.lock.files[source.file]
		return locked?.asked === askedOf(source) && hashOfFile(this.pathOf(source.file)) === locked.sha256
	}

	private async fetchFile(source: OpenSource, step: Step): Promise<void> {
		const { bytes, publisherSha256 } = await getAddress(step.address, 'zip', this.options)
		// What the publisher serves is its own file, whether or not it prints the checksum beside it.
		this.pin(source, bytes, publisherSha256 ?? hashOf(bytes), {})
		this.tell(step, false, bytes.length)
	}

	private async fetchSurvey(source: OpenSource, steps: Step[]): Promise<void> {
		const answers: Buffer[] = []
		for (const step of steps) {
			const kept = hashOfFile(step.path) === this.lock.answers[step.address] && existsSync(step.path)
			const bytes = kept ? readFileSync(step.path) : (await getAddress(step.address, 'json', this.options)).bytes
			if (!kept) {
				this.write(step.path, bytes)
				this.lock.answers[step.address] = hashOf(bytes)
				this.writeLock()
			}
			answers.push(bytes)
			this.tell(step, kept, bytes.length)
		}
		const asked = source.fetch as Parameters<typeof planRequests>[1]
		const table = joinAnswers(planRequests(this.options.api, asked, getMeasures(source.table!.measures!).stems), answers)
		this.pin(source, Buffer.from(table), null, Object.fromEntries(steps.map(({ address }) => [address, this.lock.answers[address]!])))
		for (const { path } of steps) rmSync(path, { force: true })
	}

	private pin(source: OpenSource, bytes: Buffer, publisherSha256: string | null, answers: Record<string, string>): void {
		this.write(this.pathOf(source.file), bytes)
		this.lock.files[source.file] = { asked: askedOf(source), sha256: hashOf(bytes), publisher_sha256: publisherSha256, fetched_at: this.options.now().toISOString(), answers }
		for (const address of Object.keys(answers)) delete this.lock.answers[address]
		this.writeLock()
	}

	/** Names of state and counties from a file of boundaries. */
	private takeNames(source: OpenSource): void {
		if (source.geography!.place !== 'county') return
		const path = this.pathOf(source.file)
		const { properties } = readShapefile(readFileSync(path), { fileName: path, maxFeatures: 100_000, maxVertices: 40_000_000, maxFeatureVertices: 4_000_000 })
		const column = (name: string) => (properties.get(name) ?? []).map(String)
		const [geoids, names, states] = [column('GEOID'), column(source.geography!.name), column('STATE_NAME')]
		const nameOf = new Map(geoids.map((geoid, i) => [geoid, names[i]!]))
		const state = this.manifest.state.geoid
		const unknown = Object.keys(this.manifest.counties).find((county) => !nameOf.has(county))
		if (unknown !== undefined) {
			const known = [...nameOf].filter(([geoid]) => geoid.startsWith(state)).map(([geoid, name]) => `${geoid.slice(2)} ${name}`).sort()
			throw new Refusal('fetch_county_unknown', { county: unknown.slice(2), state, known: known.slice(0, 12).join(', '), count: known.length })
		}
		this.lock.counties = Object.fromEntries(Object.keys(this.manifest.counties).map((county) => [county, nameOf.get(county)!]))
		this.lock.state = { geoid: state, name: namesOfState(states[geoids.findIndex((geoid) => geoid.startsWith(state))] ?? state) }
		this.writeLock()
	}

	private write(path: string, bytes: Buffer): void {
		try {
			mkdirSync(join(path, '..'), { recursive: true })
			writeFileSync(`${path}.part`, bytes)
			renameSync(`${path}.part`, path)
		} catch (cause) {
			throw new Refusal('fetch_not_written', { file: path, reason: (cause as NodeJS.ErrnoException).code ?? 'unknown' }, { cause })
		}
	}

	private writeLock(): void {
		writeLock(this.folder, this.options.region, this.lock)
	}

	private tell(step: Step, kept: boolean, bytes: number): void {
		this.done++
		const what = step.kind === 'zip' ? step.source.file : step.address.replace(/\?.*$/, '').replace(this.options.api, '')
		this.options.report({ what, done: this.done, total: this.total, kept, bytes })
	}
}

function hashOfFile(path: string): string | undefined {
	return existsSync(path) ? hashOf(readFileSync(path)) : undefined
}
