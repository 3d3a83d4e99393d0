import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { ACTIONS } from '#coalition'
import { say } from './catalogue.ts'
import { openForTests } from './opening.ts'
import { listPages } from './pages.ts'
import { beginVisit } from './visit.ts'

const OTHERS = ['anybody', 'code', 'account', 'own', 'administrator']
const opened = openForTests()

/** The forms that the program has: the keys of every page's actions. */
function formsOfProgram(): string[] {
	return globSync('src/routes/**/+page.server.ts').flatMap((file) => {
		const source = readFileSync(file, 'utf8')
		const actions = source.slice(source.search(/export const actions\b/) >>> 0)
		return [...actions.matchAll(/^\t'?(\w+)'?: /gm)].map((match) => `/${dirname(file).replace(/^src\/routes\/?/, '')} ${match[1]}`)
	})
}

const rows = readFileSync('docs/guides/forms.md', 'utf8').split('\n').flatMap((line) => {
	const [, address, form, who] = /^\| `([^`]+)` \| `(\w+)` \| `?(\w+)`? \|$/.exec(line) ?? []
	return address ? [{ address, form: form!, who: who! }] : []
})

test('every form of the program has its row in the table of who may send it, and every row a form', () => {
	assert.deepEqual(rows.map(({ address, form }) => `${address} ${form}`).sort(), formsOfProgram().sort())
	assert.deepEqual(rows.filter(({ who }) => !OTHERS.includes(who) && !(ACTIONS as readonly string[]).includes(who)), [], 'who may send it is an action of the table of permissions, or one of the words above the table')
})

test('no address takes a change without a form but the one of the sign-in library and those that the guide names', () => {
	const changing = globSync('src/routes/**/+server.ts').filter((file) => /export const (POST|PUT|PATCH|DELETE)\b/.test(readFileSync(file, 'utf8'))).map((file) => `/${dirname(file).replace('src/routes/', '')}`)
	const guide = readFileSync('docs/guides/forms.md', 'utf8').split('\n').filter((line) => !line.startsWith('|')).join('\n')
	assert.deepEqual(changing.filter((address) => !guide.includes(`\`${address}\``)), [])
})

/** The sample's own address for a route, where one of its pages is of that kind. */
function addressFor(route: string, paths: readonly string[]): string | undefined {
	const pattern = new RegExp(`^${route.replace(/\[\.\.\.\w+\]/g, '.+').replace(/\[\w+\]/g, '[^/]+')}$`)
	const parent = paths.find((path) => pattern.test(path.split('?')[0]!))
	return parent?.split('?')[0] ?? (route.includes('[') ? undefined : route)
}

test('whoever has no account is led to the sign-in or turned away by every form that is not for anybody', { timeout: 60_000 }, async () => {
	const paths = Object.values(await listPages(opened.url))
	let tried = 0
	for (const { address, form, who } of rows) {
		if (who === 'anybody' || who === 'code') continue
		const path = addressFor(address, paths) ?? address.replace('/coalition/[slug]', '/coalition/brightwater-hub').replace(/\[\w+\]/g, 'x-1')
		const answer = await fetch(`${opened.url}${path}${form === 'default' ? '' : `?/${form}`}`, { method: 'POST', redirect: 'manual', headers: { origin: opened.url, accept: 'text/html' }, body: new URLSearchParams() })
		const onward = answer.headers.get('location') ?? ''
		assert.ok((answer.status === 303 && onward.startsWith('/sign-in')) || [400, 401, 403, 404].includes(answer.status), `${path} ${form}: ${answer.status} ${onward}`)
		if (answer.status !== 404) tried += 1
	}
	assert.ok(tried > 30, `only ${tried} forms could be tried in the sample`)
})

test('whoever belongs to another body is turned away by every form of a circle', { timeout: 60_000 }, async () => {
	const { page, leave } = await beginVisit(opened.browser, opened.url, { javaScriptEnabled: false })
	await page.goto('/sign-in')
	await page.getByRole('button', { name: say('sign_in_as', { name: 'Robin Sample' }) }).click()
	await page.getByRole('banner').getByRole('button', { name: say('nav_sign_out') }).waitFor()
	for (const { address, form, who } of rows) {
		if (who !== 'administrator' && !(address.startsWith('/coalition/[slug]') && (ACTIONS as readonly string[]).includes(who)) && address !== '/coalition/new') continue
		const path = address.replace('[slug]', 'jobs-and-pay-circle').replace(/\[\w+\]/g, 'x-1')
		const answer = await page.request.post(`${opened.url}${path}${form === 'default' ? '' : `?/${form}`}`, { headers: { origin: opened.url, accept: 'text/html' }, form: { nothing: '' }, maxRedirects: 0 })
		assert.ok([400, 403, 404].includes(answer.status()), `${path} ${form}: ${answer.status()} ${answer.headers().location ?? ''}`)
	}
	await leave()
})
