import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { openSample, type Application } from './application.ts'

let application: Application
before(async () => {
	application = await openSample()
})
after(() => application?.stop())

const read = async (path: string) => (await (await fetch(application.url + path)).json()) as Record<string, unknown>

test('both descriptions are what the schemas of the OpenAPI Initiative ask for, in both languages', async () => {
	for (const [path, version] of [['/api/v1/openapi.json', '3.1'], ['/es/api/v1/openapi.json', '3.1'], ['/ogc/api', '3.0'], ['/es/ogc/api', '3.0']] as const) {
		const validator = new Validator()
		const { valid, errors } = await validator.validate(await read(path))
		assert.deepEqual([valid, errors ?? []], [true, []], path)
		assert.equal(validator.version, version, path)
	}
	const broken = await read('/api/v1/openapi.json')
	const { valid } = await new Validator().validate({ ...broken, info: {} })
	assert.equal(valid, false, 'a description without a title is found')
})
