import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { fingerprintOf, headFolder, headPlaces, openDatabase, readHeads, Refusal, requireDatabase, verifyLedger, type CoreTables, type LedgerHead } from '#database'
import { verifyCitations, type AtlasTables } from '#atlas/server'
import { whereabouts, whereOptions, type Command } from '../command.ts'
import { sentence } from '../sentence.ts'

export const verifyCommand: Command = {
	name: 'verify',
	async run(args) {
		const { values } = parseArgs({ args, options: { ...whereOptions, heads: { type: 'string' } } })
		const where = whereabouts(values['data-dir'], values.region)
		requireDatabase(where)
		const heads = findHeads(values.heads, headFolder(headPlaces(where.dataDirectory)))
		const open = await openDatabase<AtlasTables & CoreTables>(where)
		try {
			const finding = await verifyLedger(open.database, heads)
			if (finding.verdict === 'broken') {
				console.error(sentence(`verify_${finding.fault}`, { seq: finding.seq }))
				return 1
			}
			const citations = await verifyCitations(open.database)
			if ('altered' in citations) {
				console.error(sentence('verify_citation', { id: citations.altered }))
				return 1
			}
			console.log(sentence('verify_whole', { rows: finding.rows, erased: finding.erased, head: finding.head }))
			console.log(sentence('verify_citations', { count: citations.right }))
			console.log(describe(heads))
			return 0
		} finally {
			await open.close()
		}
	},
}

function findHeads(wanted: string | undefined, usual: string): LedgerHead[] {
	const heads = existsSync(wanted ?? usual) ? readHeads(wanted ?? usual) : []
	if (wanted && heads.length === 0) throw new Refusal('heads_missing', { folder: wanted })
	return heads
}

function describe(heads: LedgerHead[]): string {
	const newest = heads.at(-1)
	if (!newest) return sentence('verify_no_heads')
	const keys = [...new Set(heads.map(fingerprintOf))].join(', ')
	return sentence('verify_heads', { count: heads.length, seq: newest.seq, at: newest.at, keys })
}
