import { getDrawingSize } from '#atlas/server'
import { getComparison, listComparable } from '#lib/server/compared-indices.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
	const [a, b] = [url.searchParams.get('a') ?? '', url.searchParams.get('b') ?? '']
	const [choices, found, picture] = await Promise.all([listComparable(locals), a && b ? getComparison(locals, a, b) : undefined, getDrawingSize(locals.database, locals.region!.mainGeography)])
	const { agreementOf: _, ...compared } = found ?? { agreementOf: undefined }
	return { a, b, choices, picture, compared: found ? (compared as Omit<typeof found, 'agreementOf'>) : undefined }
}
