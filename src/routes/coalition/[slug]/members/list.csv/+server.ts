import { error } from '@sveltejs/kit'
import { csvText } from '#atlas'
import { listMembers, listMemberContacts } from '#coalition/server'
import { getBodyPage } from '#lib/server/coalition-actor.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, params }) => {
	const { body, can } = await getBodyPage(locals, params.slug)
	if (!can('import_members')) error(404)
	const now = new Date()
	const [members, contacts] = await Promise.all([listMembers(locals.database, body.id, now), listMemberContacts(locals.database, body.id, now)])
	const of = (person: string, channel: string) => contacts.filter((one) => one.person === person && one.channel === channel).map(({ value }) => value).join('; ')
	const rows = members.map(({ kind, id, name, standing, joinedAt, roles }) => [kind, name, of(id, 'email'), of(id, 'phone'), standing, roles.map(({ role }) => role).join('; '), joinedAt.toISOString().slice(0, 10)])
	return new Response(csvText([['kind', 'name', 'email', 'phone', 'standing', 'roles', 'member_since'], ...rows]), {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${body.slug}-members.csv"`, 'cache-control': 'no-store' },
	})
}
