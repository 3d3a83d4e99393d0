import type { CoalitionTables } from '#coalition/server'

/** Tables of schema `communities`, with those of the rooms that it reads. */
export interface CommunitiesTables extends CoalitionTables {
	'communities.standard_version': { standard: string; version: string; edition: number; text: string; sha256: Buffer; published_at: Date; published_by: string }
}
