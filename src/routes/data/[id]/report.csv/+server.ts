import { csvText } from '#atlas'
import { listFindings } from '#atlas/server'
import { getOwnImport } from '#lib/server/import-page.ts'
import { m } from '#lib/paraglide/messages.js'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async (event) => {
	const { id } = await getOwnImport(event)
	const findings = await listFindings(event.locals.database, id)
	const rows = findings.map(({ row, column, kind, found, blocks }) => [String(row), column, found, m[`finding_${kind}`](), blocks ? m.data_report_blocks() : ''])
	const text = csvText([[m.data_report_row(), m.data_report_column(), m.data_report_found(), m.data_report_what(), m.data_report_blocks()], ...rows])
	return new Response(text, { headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="report-${id}.csv"`, 'cache-control': 'private, no-store' } })
}
