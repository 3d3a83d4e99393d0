import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { Refusal } from '#database'
import type { OpenManifest } from './manifest.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const fileSchema = z.strictObject({
	/** What the manifest asked for when the file was fetched, as JSON. */
	asked: z.string(),
	sha256,
	publisher_sha256: sha256.nullable(),
	fetched_at: z.string(),
	/** Answers of which the file was made: address without key → SHA-256 of the answer. */
	answers: z.record(z.string(), sha256).default({}),
})
const lockSchema = z.strictObject({
	state: z.strictObject({ geoid: z.string(), name: z.strictObject({ en: z.string(), es: z.string() }) }).optional(),
	counties: z.record(z.string(), z.string()).default({}),
	files: z.record(z.string(), fileSchema).default({}),
	/** Answers fetched so far of a file that is not whole yet: address without key → SHA-256. */
	answers: z.record(z.string(), sha256).default({}),
})

/** What `region fetch` found out: names from the publisher's files, and the SHA-256 of every file. */
export type RegionLock = z.infer<typeof lockSchema>

const HEADING = '# Written by `region fetch`: what was fetched, and its checksums. Keep it with the manifest.\n'

/** The lock of a region; an empty one when nothing was fetched. Errors: `manifest_invalid`. */
export function readLock(folder: string, key: string): RegionLock {
	const file = join(folder, `${key}.lock.yml`)
	if (!existsSync(file)) return lockSchema.parse({})
	try {
		return lockSchema.parse(parse(readFileSync(file, 'utf8')))
	} catch (cause) {
		throw new Refusal('region_lock_damaged', { file }, { cause })
	}
}

export function lockText(lock: RegionLock): string {
	return HEADING + stringify(lock, { lineWidth: 0 })
}

/** Replaces the lock at once: written beside, then renamed. */
export function writeLock(folder: string, key: string, lock: RegionLock): void {
	const file = join(folder, `${key}.lock.yml`)
	writeFileSync(`${file}.new`, lockText(lock))
	renameSync(`${file}.new`, file)
}

/** What a source asks for, so that a manifest that asks for something else is not served from an old file. */
export function askedOf(source: OpenManifest['sources'][number]): string {
	return JSON.stringify(source.fetch)
}

/** Whether everything that the manifest asks for was fetched. */
export function isLocked(manifest: OpenManifest, lock: RegionLock): boolean {
	const named = manifest.state.name !== undefined || lock.state?.geoid === manifest.state.geoid
	const counties = Object.entries(manifest.counties).every(([county, name]) => name !== null || county in lock.counties)
	return named && counties && manifest.sources.every((source) => !source.fetch || lock.files[source.file]?.asked === askedOf(source))
}

/** The manifest with names and checksums that its lock knows. What the manifest says itself counts more. */
export function fillFromLock(manifest: OpenManifest, lock: RegionLock): unknown {
	return {
		...manifest,
		state: { ...manifest.state, name: manifest.state.name ?? lock.state?.name },
		counties: Object.fromEntries(Object.entries(manifest.counties).map(([county, name]) => [county, name ?? lock.counties[county]])),
		sources: manifest.sources.map((source) => {
			const locked = source.fetch && lock.files[source.file]
			const fetched = locked && { at: locked.fetched_at, answers: Object.keys(locked.answers).length }
			return locked ? { ...source, fetched, sha256: source.sha256 ?? locked.sha256, publisher_sha256: source.publisher_sha256 ?? locked.publisher_sha256 } : source
		}),
	}
}
