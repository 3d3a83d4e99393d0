import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { makeFolder, startApplication, type Application } from './application.ts'
import { say } from './catalogue.ts'

const folder = makeFolder()
let application: Application

before(async () => {
	process.env.THROUGHLINE_API_LIMIT = '5'
	application = await startApplication({ directory: join(folder.path, 'data'), early: true })
	delete process.env.THROUGHLINE_API_LIMIT
})
after(async () => {
	await application?.stop()
	folder.remove()
})

test('while the region is loaded a program hears that it should ask again, and is led to no page', async () => {
	const answer = await fetch(`${application.url}/api/v1/places`, { redirect: 'manual' })
	// On a fast machine the region may be there by now.
	if (answer.status === 200) return
	assert.deepEqual([answer.status, answer.headers.get('content-type'), answer.headers.get('retry-after')], [503, 'application/problem+json', '5'])
	assert.equal(((await answer.json()) as { detail: string }).detail, say('error_api_not_ready'))
})

test('an address that asks too often hears how long to wait, while pages and tiles still come', { timeout: 60_000 }, async () => {
	while (((await (await fetch(`${application.url}/health`)).json()) as { region: string | null }).region === null) await new Promise((resolve) => setTimeout(resolve, 100))
	const answers: Response[] = []
	for (let i = 0; i < 8; i++) answers.push(await fetch(`${application.url}/api/v1/geographies`))
	const refused = answers.filter(({ status }) => status === 429)
	assert.ok(refused.length >= 2, answers.map(({ status }) => status).join())
	const seconds = Number(refused[0]!.headers.get('retry-after'))
	assert.ok(seconds > 0 && seconds <= 60)
	assert.equal(((await refused[0]!.json()) as { detail: string }).detail, say('error_api_too_many_requests', { limit: 5, seconds }))
	assert.equal((await fetch(`${application.url}/places`)).status, 200)
	assert.equal((await fetch(`${application.url}/tiles/tract-2020/6/24/26.mvt`)).status < 300, true)
})
